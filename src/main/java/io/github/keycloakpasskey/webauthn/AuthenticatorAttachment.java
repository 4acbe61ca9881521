package io.github.keycloakpasskey.webauthn;

import java.util.Locale;

/** Whether the authenticator is part of the device in use or comes from outside (§5.4.5). */
public enum AuthenticatorAttachment {
    PLATFORM,
    CROSS_PLATFORM;

    String json() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
