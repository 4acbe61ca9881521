package io.github.keycloakpasskey.testbed;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A PostgreSQL from its Maven artifact. */
final class EmbeddedPostgresql implements Database {

    private static final String NAME = "postgres";

    private final EmbeddedPostgres server;

    EmbeddedPostgresql() {
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .setServerConfig("max_connections", "300")
                    .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    @Override
    public List<String> serverOptions() {
        return serverOptions(server.getPort());
    }

    /** @param port at which it is reached, where that is not its own */
    List<String> serverOptions(int port) {
        return List.of(
                "--db=postgres",
                "--db-url=jdbc:postgresql://127.0.0.1:" + port + "/" + NAME,
                "--db-username=" + NAME,
                "--db-password=" + NAME);
    }

    int port() {
        return server.getPort();
    }

    @Override
    public Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
