package io.github.keycloakpasskey.keycloak.settings;

import java.util.Arrays;
import java.util.Optional;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The types of credentials that can be passkeys. */
public enum PasskeyType {
    /** A passkey of this extension. */
    PASSKEY(PasskeyIds.CREDENTIAL_TYPE, PasskeyIds.REGISTER_ACTION),
    /** A passkey of Keycloak's built-in type. */
    BUILT_IN(WebAuthnCredentialModel.TYPE_PASSWORDLESS, WebAuthnPasswordlessRegisterFactory.PROVIDER_ID),
    /** A second factor of Keycloak's built-in type. */
    BUILT_IN_SECOND_FACTOR(WebAuthnCredentialModel.TYPE_TWOFACTOR, WebAuthnRegisterFactory.PROVIDER_ID);

    private final String id;
    private final String registerAction;

    PasskeyType(String id, String registerAction) {
        this.id = id;
        this.registerAction = registerAction;
    }

    /** The type of that name; empty if it is another kind of credential. */
    public static Optional<PasskeyType> ofId(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }

    /** The name that Keycloak stores with each credential. */
    public String id() {
        return id;
    }

    /** The required action in which users create one. */
    String registerAction() {
        return registerAction;
    }

    public boolean isBuiltIn() {
        return this != PASSKEY;
    }
}
