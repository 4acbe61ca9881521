package io.github.keycloakpasskey.webauthn;

import java.util.Locale;

/** How much the relying party wants to know about the authenticator (§5.4.7). */
public enum AttestationConveyance {
    NONE,
    INDIRECT,
    DIRECT,
    ENTERPRISE;

    String json() {
        return name().toLowerCase(Locale.ROOT);
    }
}
