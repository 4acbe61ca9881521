package io.github.keycloakpasskey.webauthn;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether the authenticator is part of the device in use or comes from outside (§5.4.5). */
public enum AuthenticatorAttachment {
    PLATFORM,
    CROSS_PLATFORM;

    /** Empty for what is none. */
    public static Optional<AuthenticatorAttachment> ofJson(String value) {
        return Arrays.stream(values())
                .filter(attachment -> attachment.json().equals(value))
                .findFirst();
    }

    String json() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
