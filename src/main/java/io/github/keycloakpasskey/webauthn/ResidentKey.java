package io.github.keycloakpasskey.webauthn;

import java.util.Locale;

/** Whether a passkey can be found on the authenticator without naming its user (§5.4.6). */
public enum ResidentKey {
    REQUIRED,
    PREFERRED,
    DISCOURAGED;

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
