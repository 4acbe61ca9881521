package io.github.keycloakpasskey.keycloak.ceremony;

import java.util.Locale;

/** The two ceremonies; a challenge made for one never serves the other. */
public enum Ceremony {
    REGISTRATION,
    AUTHENTICATION;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
