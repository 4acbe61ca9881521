package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.storage.StorageId;

/** Protects the passkey that is the only way in which its owner can sign in, unless the realm lets its users remove it. */
final class LastWayIn {

    /** One is the last; a second one is enough to sign in after the first was removed. */
    private static final int TWO = 2;

    private final KeycloakSession session;
    private final RealmModel realm;

    LastWayIn(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Whether the user must keep the passkey that they have. */
    boolean mustKeepPasskey(UserModel user) {
        return hasOnePasskeyAlone(user) && !PasskeySettings.of(realm).get(PasskeySettings.LAST_PASSKEY_REMOVABLE);
    }

    /**
     * Whether the user has one passkey, and neither a password, nor a passkey of Keycloak's built-in type, nor a link to an
     * identity provider. False for users of another storage, which may know more ways.
     */
    private boolean hasOnePasskeyAlone(UserModel user) {
        return StorageId.isLocalStorage(user.getId())
                && !user.isFederated()
                && Passkeys.of(session).stream(user).limit(TWO).count() == 1
                && !user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                && !user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                && session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .findAny()
                        .isEmpty();
    }
}
