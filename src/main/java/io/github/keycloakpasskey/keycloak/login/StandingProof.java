package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.credential.AccountState;
import io.github.keycloakpasskey.keycloak.credential.NotStored;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.StorageCondition;
import io.github.keycloakpasskey.keycloak.credential.StoredCredential;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Whether what proved the user of a login still counts: for the passkey that the login creates, and for its end.
 *
 * <p>A login can wait on the page of a required action for as long as someone reloads it. Until then an administrator or the
 * user may have disabled the account, ended all sessions, or replaced what was used to sign in. So the login keeps what
 * proved its user when its steps are done, and compares.
 */
public final class StandingProof {

    /** The attribute of the session of a request that has stored a passkey. */
    private static final String RENEWED = StandingProof.class.getName() + ".renewed";

    private final KeycloakSession session;
    private final LoginState login;
    private final UserModel user;
    private final Clock clock;

    /** The proof of this login's user. */
    public StandingProof(KeycloakSession session, LoginState login, UserModel user, Clock clock) {
        this.session = session;
        this.login = login;
        this.user = user;
        this.clock = clock;
    }

    /** Keeps what has proved the user. A later call changes nothing, so that reloading a page does not renew it. */
    public void keep() {
        if (kept().isEmpty()) {
            login.keep(new ProofCollector(session, login, user).collect(now()));
        }
    }

    private Optional<ProofSnapshot> kept() {
        return login.proof().filter(proof -> proof.user().equals(user.getId()));
    }

    /** Makes the passkey that this login has just stored its proof: it replaces what proved the user before. */
    public void renew(Passkey stored) {
        long created = stored.created().map(Instant::toEpochMilli).orElse(0L);
        login.keep(ProofSnapshot.ofNewPasskey(
                user.getId(), stored.id(), new StoredCredential(PasskeyIds.CREDENTIAL_TYPE, created), now()));
        session.setAttribute(RENEWED, true);
    }

    /** Accepts that this login itself has replaced the user's credentials of a type. */
    void acceptReplaced(String type) {
        kept().map(proof -> proof.afterReplacing(type, AccountState.of(session, user)))
                .ifPresent(login::keep);
    }

    /** Accepts that this login itself has removed a credential of the user. */
    void acceptRemoved(String credential) {
        kept().map(proof -> proof.afterRemoving(credential)).ifPresent(login::keep);
    }

    /** Accepts that this login itself has changed the user's e-mail address. */
    void acceptEmail() {
        kept().filter(proof -> proof.email() != null)
                .map(proof -> proof.withEmail(user.getEmail()))
                .ifPresent(login::keep);
    }

    /** Why the user must prove their identity again before they create a passkey. */
    public Optional<ProofLoss> loss() {
        return loss(session, AccountState.of(session, user)).or(this::age);
    }

    /**
     * Why the login must not end. A login is checked that rests on a passkey, one that it has verified or created, or on the
     * session of an earlier login, which may have rested on one. Every other login is Keycloak's alone.
     */
    public Optional<ProofLoss> lossAtEnd() {
        boolean restsOnPasskey =
                login.completedPasskeyOf(Optional.of(user.getId())).isPresent()
                        || kept().filter(proof -> proof.created() || proof.session() != null)
                                .isPresent();
        return restsOnPasskey && !isRenewedNow() ? loss(session, AccountState.of(session, user)) : Optional.empty();
    }

    /** Whether this request has stored the passkey. Its session's user cache does not see it yet. */
    private boolean isRenewedNow() {
        return session.getAttribute(RENEWED) != null;
    }

    /** What must hold when the passkey is stored. */
    public StorageCondition condition() {
        return (storing, account) -> {
            if (!account.enabled()) {
                return Optional.of(NotStored.USER_GONE);
            }
            if (!PasskeySettings.isRegistrationEnabled(storing.getContext().getRealm())) {
                return Optional.of(NotStored.ACTION_DISABLED);
            }
            return loss(storing, account).or(this::age).map(loss -> NotStored.PROOF_LOST);
        };
    }

    private Optional<ProofLoss> loss(KeycloakSession in, AccountState account) {
        return kept().map(proof -> proof.lossIn(account)
                        .or(() -> lossInRealm(in, proof))
                        .or(() -> lossOfSession(in, proof))
                        .or(() -> lossOfProvider(in, proof)))
                .orElse(Optional.of(ProofLoss.NONE_GIVEN));
    }

    private Optional<ProofLoss> lossInRealm(KeycloakSession in, ProofSnapshot proof) {
        return in.getContext().getRealm().getNotBefore() > proof.given()
                ? Optional.of(ProofLoss.SIGNED_OUT)
                : Optional.empty();
    }

    private Optional<ProofLoss> lossOfSession(KeycloakSession in, ProofSnapshot proof) {
        if (proof.session() == null) {
            return Optional.empty();
        }
        UserSessionModel found = in.sessions().getUserSession(realm(), proof.session());
        if (found != null && found.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null) {
            return Optional.of(ProofLoss.IMPERSONATED);
        }
        return AuthenticationManager.isSessionValid(realm(), found)
                ? Optional.empty()
                : Optional.of(ProofLoss.SESSION_ENDED);
    }

    private Optional<ProofLoss> lossOfProvider(KeycloakSession in, ProofSnapshot proof) {
        return proof.provider() == null || in.users().getFederatedIdentity(realm(), user, proof.provider()) != null
                ? Optional.empty()
                : Optional.of(ProofLoss.PROVIDER_UNLINKED);
    }

    /** A login waits no longer for a passkey than Keycloak keeps one that nobody reloads. */
    private Optional<ProofLoss> age() {
        return kept().filter(proof -> now() - proof.taken() > SessionExpiration.getAuthSessionLifespan(realm()))
                .map(proof -> ProofLoss.TOO_OLD);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
