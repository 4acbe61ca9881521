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
        return List.of(
                "--db=postgres",
                "--db-url=jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + NAME,
                "--db-username=" + NAME,
                "--db-password=" + NAME);
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
