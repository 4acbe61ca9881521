package io.github.keycloakpasskey.testbed;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where a Keycloak of the tests keeps its data. */
public interface Database extends AutoCloseable {

    DatabaseKind kind();

    /** What Keycloak is started with to use it. */
    List<String> serverOptions();

    /**
     * A connection of the tests' own, past Keycloak.
     *
     * @throws UnsupportedOperationException where only Keycloak itself can reach it
     */
    Connection connect() throws SQLException;

    /** Stops it; what it has kept is gone. */
    @Override
    void close();
}
