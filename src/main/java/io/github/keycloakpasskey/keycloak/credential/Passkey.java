package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.Bytes;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/**
 * A stored passkey and its owner.
 *
 * @param id the id of the row, derived from the credential id (see {@link RowId})
 * @param label the person's name for it
 */
public record Passkey(UserModel owner, String id, String label, PasskeyRecord record) {

    /** Empty where the stored document cannot be read: one broken row must not lock its owner out. */
    static Optional<Passkey> of(UserModel owner, CredentialModel model) {
        try {
            PasskeyRecord record = PasskeyCredentialModel.of(model).record();
            return Optional.of(new Passkey(owner, model.getId(), model.getUserLabel(), record));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    public CredentialRecord credential() {
        return record.credential();
    }

    boolean hasId(Bytes credentialId) {
        return credential().id().equals(credentialId);
    }
}
