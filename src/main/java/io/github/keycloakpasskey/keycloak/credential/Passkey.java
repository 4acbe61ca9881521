package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.VisibleText;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/**
 * A stored passkey and its owner.
 *
 * @param id the id of the row, derived from the credential id (see {@link RowId})
 * @param label the user's name for it, as it can be seen; null if it has none
 * @param created when it was created; empty if the row does not say
 */
public record Passkey(UserModel owner, String id, String label, Optional<Instant> created, PasskeyRecord record) {

    /** Empty if the stored document cannot be read: one broken row must not lock its owner out. */
    static Optional<Passkey> of(UserModel owner, CredentialModel model) {
        try {
            PasskeyRecord record = PasskeyCredentialModel.of(model).record();
            Optional<Instant> created =
                    Optional.ofNullable(model.getCreatedDate()).map(Instant::ofEpochMilli);
            // Keycloak's own pages and API store a label as it was entered.
            String label = model.getUserLabel() == null ? null : VisibleText.of(model.getUserLabel());
            return Optional.of(new Passkey(owner, model.getId(), label, created, record));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    public CredentialRecord credential() {
        return record.credential();
    }

    /**
     * When the authenticator last verified its user, to the stored precision; empty if it never did. Records of
     * older versions tell this only of the registration.
     */
    public Optional<Instant> lastVerified() {
        return record.lastVerified().or(() -> created.filter(at -> credential().userVerified()));
    }

    /** Whether sign-ins with this relying party ID can use it. A record may not tell its own. */
    boolean isUsable(String rpId) {
        return credential().hasUsableKey()
                && record.rpId().filter(own -> !own.equals(rpId)).isEmpty();
    }

    boolean hasId(Bytes credentialId) {
        return credential().id().equals(credentialId);
    }
}
