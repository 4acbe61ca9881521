package io.github.keycloakpasskey.testbed;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A row of PostgreSQL that a test has locked: whoever wants to change it waits until the test lets go. */
public final class RowLock implements AutoCloseable {

    private final Database database;
    private final Connection holder;

    /** @param id the value of the table's column of this name */
    RowLock(Database database, String table, String id) {
        this.database = database;
        try {
            holder = database.connect();
            holder.setAutoCommit(false);
            try (PreparedStatement lock =
                    holder.prepareStatement("select id from " + table + " where id = ? for update")) {
                lock.setString(1, id);
                try (ResultSet row = lock.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("There is no " + table + " " + id);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until so many sessions of the database wait for a lock. */
    public void awaitWaiting(int sessions) {
        Await.until(sessions + " sessions that wait for a lock", () -> waiting() == sessions);
    }

    /** Asks by a connection of its own: within a transaction PostgreSQL shows the same state again. */
    private int waiting() {
        try (Connection connection = database.connect();
                PreparedStatement count = connection.prepareStatement(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets go. */
    public void release() {
        try {
            // The end of the transaction, too.
            holder.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        release();
    }
}
