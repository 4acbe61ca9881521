package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The files of {@code sql/} that one database takes, run as its command-line client runs them. */
public final class SqlFiles {

    private final Connection connection;
    private final DatabaseKind kind;

    /** @param connection which is not closed here */
    public SqlFiles(Connection connection, DatabaseKind kind) {
        this.connection = connection;
        this.kind = kind;
    }

    /** Runs all statements of a file, such as {@code install.sql}. */
    public void run(String file) throws SQLException {
        for (String statement : statements(read(file))) {
            execute(statement);
        }
    }

    /** The statements that a file's comment advises to grant somebody what they need. */
    public List<String> advisedGrants(String file, String to) {
        return Pattern.compile("^--   (GRANT [^;]* TO " + to + ");", Pattern.MULTILINE)
                .matcher(read(file).replaceAll("\\n--     ", " "))
                .results()
                .map(advice -> advice.group(1))
                .toList();
    }

    public void execute(String statement) throws SQLException {
        try (Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    /** The rows that a ready query gives, such as {@code suspected-clones}. */
    public List<Map<String, String>> answer(String query) throws SQLException {
        return rows(statements(read("queries/" + query + ".sql")).get(0));
    }

    /** The rows that a query gives, as text. */
    public List<Map<String, String>> rows(String query) throws SQLException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int column = 1; column <= columns.getColumnCount(); column++) {
                    row.put(columns.getColumnLabel(column), result.getString(column));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** PostgreSQL's driver takes them all at once; their bodies of functions have semicolons of their own. */
    private List<String> statements(String text) {
        if (kind == DatabaseKind.POSTGRESQL) {
            return List.of(text);
        }
        return Pattern.compile(";\\s*(?:\\n|$)")
                .splitAsStream(text.replaceAll("(?m)^--.*$", ""))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    /** The database's own file, or else the one that all databases take. */
    private String read(String file) {
        Path own = Path.of("sql", kind == DatabaseKind.POSTGRESQL ? "postgresql" : "mysql", file);
        try {
            return Files.readString(Files.exists(own) ? own : Path.of("sql", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
