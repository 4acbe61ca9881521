package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.testbed.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The statements that PostgreSQL itself has counted, by its extension {@code pg_stat_statements}. */
final class Statements {

    private static final Set<String> DATA = Set.of("select", "insert", "update", "delete");

    private final Database database;

    /** A statement without its values, and how often it was sent. */
    record Counted(String text, long calls) {

        String kind() {
            return text.strip().split("\\W", 2)[0].toLowerCase(Locale.ROOT);
        }

        /** Whether it reads or writes data; else it begins or ends a transaction, or sets something. */
        boolean isOfData() {
            return DATA.contains(kind());
        }
    }

    Statements(Database database) {
        this.database = database;
        execute("create extension if not exists pg_stat_statements");
    }

    /** What was sent while something was done, most frequent first. */
    List<Counted> during(Runnable work) {
        execute("select pg_stat_statements_reset()");
        work.run();
        List<Counted> counted = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select query, calls from pg_stat_statements"
                        + " where query not like '%pg_stat_statements%' order by calls desc, query")) {
            while (rows.next()) {
                counted.add(new Counted(rows.getString(1), rows.getLong(2)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return counted;
    }

    /** Changes data past Keycloak. */
    void execute(String sql) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
