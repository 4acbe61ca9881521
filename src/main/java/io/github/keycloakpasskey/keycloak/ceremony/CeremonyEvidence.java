package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.login.ProofLoss;
import io.github.keycloakpasskey.keycloak.settings.ForeignText;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.ResponseClaims;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.WebAuthnConstants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.UserModel;

/**
 * What the event of a ceremony says. It keeps two things apart: what is stored or was verified, and what a refused response
 * only claims.
 *
 * @param owner the owner of the passkey that the ceremony is about; empty where no stored passkey was judged
 * @param ifStored where the passkey is not stored, the reason for which a stored one would be refused
 * @param details what is stored or was verified. The names are those of Keycloak's WebAuthn events where it has them
 * @param claimed what the response claims
 */
public record CeremonyEvidence(
        Optional<UserModel> owner,
        Optional<FailureReason> ifStored,
        Map<String, String> details,
        ClaimedDetails claimed) {

    /** Evidence of a ceremony that has shown nothing yet. */
    public static final CeremonyEvidence NONE = new CeremonyEvidence(
                    Optional.empty(), Optional.empty(), Map.of(), ClaimedDetails.NONE)
            .detail(Details.CREDENTIAL_TYPE, PasskeyIds.CREDENTIAL_TYPE);

    private static final String USER_VERIFIED = "user_verified";
    private static final String CLONE_SUSPECTED = "clone_suspected";
    private static final String LOST_PROOF = "lost_proof";

    private static final String BACKUP_ELIGIBILITY_CHANGED = "backup_eligibility_changed";
    private static final String DECOY = "imaginary_passkey";
    private static final String DENIED_MODEL = "denied_model";
    private static final String BACKED_UP = "backed_up";
    private static final String ADOPTED_FROM = "adopted_from";

    public CeremonyEvidence {
        details = Map.copyOf(details);
    }

    /** Evidence about a stored passkey, whose authenticator has reported nothing yet. */
    static CeremonyEvidence of(Passkey passkey) {
        return of(passkey.credential())
                .detail(Details.CREDENTIAL_TYPE, passkey.type().id())
                .ownedBy(passkey.owner())
                .labelled(passkey.label())
                // An answer verifies no user before its signature is verified.
                .reporting(false, passkey.credential().backedUp());
    }

    /** Evidence about a credential that was verified. */
    public static CeremonyEvidence of(CredentialRecord credential) {
        CeremonyEvidence named = NONE.detail(
                WebAuthnConstants.PUBKEY_CRED_ID_ATTR, credential.id().toBase64Url());
        return credential
                .aaguid()
                .map(aaguid -> named.detail(WebAuthnConstants.PUBKEY_CRED_AAGUID_ATTR, aaguid.toString()))
                .orElse(named);
    }

    private CeremonyEvidence ownedBy(UserModel user) {
        return new CeremonyEvidence(Optional.of(user), ifStored, details, claimed);
    }

    /** Adds the stored label of the passkey, if it has one. */
    public CeremonyEvidence labelled(String label) {
        return label == null ? this : detail(WebAuthnConstants.PUBKEY_CRED_LABEL_ATTR, label);
    }

    /** Adds what the authenticator reported in this ceremony. */
    CeremonyEvidence reporting(boolean userVerified, boolean backedUp) {
        return detail(USER_VERIFIED, Boolean.toString(userVerified)).detail(BACKED_UP, Boolean.toString(backedUp));
    }

    /** Adds that the counter did not increase, so that a copy of the key may exist. */
    CeremonyEvidence suspectingClone() {
        return detail(CLONE_SUSPECTED, "true");
    }

    /** Adds why what proved the user does not count any more. */
    public CeremonyEvidence losing(ProofLoss loss) {
        return detail(LOST_PROOF, loss.code());
    }

    /** Adds that the backup eligibility is another one than before. */
    CeremonyEvidence withChangedBackupEligibility() {
        return detail(BACKUP_ELIGIBILITY_CHANGED, "true");
    }

    /** Adds that a passkey of a built-in type has become one of this extension. */
    CeremonyEvidence storedAs(Passkey passkey) {
        String type = passkey.type().id();
        String before = details.get(Details.CREDENTIAL_TYPE);
        return type.equals(before)
                ? this
                : detail(Details.CREDENTIAL_TYPE, type).detail(ADOPTED_FROM, before);
    }

    /** Adds that the realm denies the model of the authenticator. */
    CeremonyEvidence ofDeniedModel() {
        return detail(DENIED_MODEL, "true");
    }

    /** Adds that the passkey is not stored. */
    CeremonyEvidence notStored(FailureReason refusalIfStored) {
        return new CeremonyEvidence(owner, Optional.of(refusalIfStored), details, claimed);
    }

    /** Adds that the response names a decoy, which was offered for a name without passkeys. */
    CeremonyEvidence namingDecoy() {
        return detail(DECOY, "true");
    }

    /** Adds what a refused response claims. Where a stored passkey was judged, its row says whose it is. */
    CeremonyEvidence claiming(ResponseClaims claims) {
        ResponseClaims unknown = owner.isPresent() ? claims.aboutPage() : claims;
        return new CeremonyEvidence(owner, ifStored, details, ClaimedDetails.of(unknown));
    }

    private CeremonyEvidence detail(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(details);
        more.put(name, ForeignText.inEvent(value));
        return new CeremonyEvidence(owner, ifStored, more, claimed);
    }

    /** Adds the evidence to an event. */
    public void reportTo(EventBuilder event) {
        owner.ifPresent(event::user);
        details.forEach(event::detail);
        claimed.values().forEach(event::detail);
    }
}
