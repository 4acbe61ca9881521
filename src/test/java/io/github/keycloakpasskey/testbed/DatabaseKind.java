package io.github.keycloakpasskey.testbed;

import java.util.Locale;

/** The databases that a Keycloak of the tests can keep its data in. */
public enum DatabaseKind {
    H2,
    POSTGRESQL,
    MARIADB;

    /** A new one, empty, of this machine. */
    Database start() {
        return switch (this) {
            case H2 -> new InMemory();
            case POSTGRESQL -> new EmbeddedPostgresql();
            case MARIADB -> new EmbeddedMariadb();
        };
    }

    /** For names of files. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
