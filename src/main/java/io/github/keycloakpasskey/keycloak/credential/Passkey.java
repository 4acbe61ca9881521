package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.credential.CredentialRows.Locked;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
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
 * @param type the type of its row
 * @param id the id of the row; of a passkey of this extension, it is derived from the credential id (see {@link RowId})
 * @param label the user's name for it, as it can be seen; null if it has none
 * @param created when it was created; empty if the row does not say
 */
public record Passkey(
        UserModel owner, PasskeyType type, String id, String label, Optional<Instant> created, PasskeyRecord record) {

    /** Empty if the stored document cannot be read: one broken row must not lock its owner out. */
    static Optional<Passkey> of(UserModel owner, CredentialModel model) {
        return PasskeyType.ofId(model.getType()).flatMap(type -> of(owner, type, model));
    }

    private static Optional<Passkey> of(UserModel owner, PasskeyType type, CredentialModel model) {
        try {
            PasskeyRecord record = record(type, model.getCredentialData(), owner.getId());
            return Optional.of(of(owner, type, model.getId(), model.getUserLabel(), model.getCreatedDate(), record));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The passkey of a row that is locked. */
    static Passkey of(UserModel owner, Locked row) {
        return of(owner, row.type(), row.rowId(), row.label(), row.created(), row.record());
    }

    /** Keycloak's own pages and API store a label as it was entered. */
    private static Passkey of(
            UserModel owner, PasskeyType type, String id, String label, Long created, PasskeyRecord record) {
        return new Passkey(
                owner,
                type,
                id,
                label == null ? null : VisibleText.of(label),
                Optional.ofNullable(created).map(Instant::ofEpochMilli),
                record);
    }

    /**
     * Reads a stored document.
     *
     * @throws IllegalArgumentException if it cannot be read
     */
    static PasskeyRecord record(PasskeyType type, String document, String ownerId) {
        return type.isBuiltIn() ? BuiltInDocument.read(document, type, ownerId) : PasskeyRecord.parse(document);
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
