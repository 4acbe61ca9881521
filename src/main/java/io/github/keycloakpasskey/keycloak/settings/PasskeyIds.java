package io.github.keycloakpasskey.keycloak.settings;

/** The ids under which Keycloak knows the parts of this extension that several packages name. */
public final class PasskeyIds {

    /** The credential type, and the id of each factory that Keycloak names after it. */
    public static final String CREDENTIAL_TYPE = "passkey";

    /** The required action in which a user creates a passkey. */
    public static final String REGISTER_ACTION = "passkey-register";

    private PasskeyIds() {}
}
