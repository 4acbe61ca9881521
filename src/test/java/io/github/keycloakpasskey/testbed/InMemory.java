package io.github.keycloakpasskey.testbed;

import java.sql.Connection;
import java.util.List;

/** The H2 that Keycloak has in its own memory. */
final class InMemory implements Database {

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.H2;
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--db=dev-mem");
    }

    @Override
    public Connection connect() {
        throw new UnsupportedOperationException("It is in the memory of Keycloak's own process");
    }

    @Override
    public void close() {
        // Ends with Keycloak.
    }
}
