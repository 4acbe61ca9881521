package io.github.keycloakpasskey.webauthn;

import java.util.Locale;

/** Whether the authenticator checks who is there: PIN, fingerprint, face (§5.8.6). */
public enum UserVerification {
    REQUIRED,
    PREFERRED,
    DISCOURAGED;

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
