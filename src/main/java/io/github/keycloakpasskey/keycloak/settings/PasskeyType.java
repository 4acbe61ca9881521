package io.github.keycloakpasskey.keycloak.settings;

import java.util.Arrays;
import java.util.Optional;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The types of credentials that can be passkeys. */
public enum PasskeyType {
    /** A passkey of this extension. */
    PASSKEY(PasskeyIds.CREDENTIAL_TYPE),
    /** A passkey of Keycloak's built-in type. */
    BUILT_IN(WebAuthnCredentialModel.TYPE_PASSWORDLESS),
    /** A second factor of Keycloak's built-in type. */
    BUILT_IN_SECOND_FACTOR(WebAuthnCredentialModel.TYPE_TWOFACTOR);

    private final String id;

    PasskeyType(String id) {
        this.id = id;
    }

    /** The type of that name; empty if it is another kind of credential. */
    public static Optional<PasskeyType> ofId(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }

    /** The name that Keycloak stores with each credential. */
    public String id() {
        return id;
    }

    public boolean isBuiltIn() {
        return this != PASSKEY;
    }
}
