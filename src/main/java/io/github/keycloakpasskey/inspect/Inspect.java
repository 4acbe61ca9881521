package io.github.keycloakpasskey.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Prints one verdict a line for each ceremony of a file, and counts them. */
public final class Inspect {

    private static final int USAGE = 2;
    private static final String EXPLAIN = "--explain";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

    private final PrintStream out;
    private final PrintStream err;

    Inspect(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Ends with 0 where every ceremony got a verdict, whichever; with 2 where the file cannot be read. */
    public static void main(String[] arguments) {
        PrintStream utf8 = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(new Inspect(utf8, System.err).run(arguments));
    }

    int run(String... arguments) {
        boolean explains = arguments.length == 2 && arguments[0].equals(EXPLAIN);
        if (arguments.length != 1 && !explains) {
            err.println("usage: bin/inspect [--explain] FILE   (a JSON array of recorded ceremonies)");
            return USAGE;
        }
        String file = arguments[arguments.length - 1];
        try {
            if (MAPPER.readTree(Files.readString(Path.of(file))) instanceof ArrayNode ceremonies) {
                inspect(ceremonies, explains);
                return 0;
            }
            err.println(file + ": not a JSON array of ceremonies");
        } catch (JsonProcessingException notJson) {
            err.println(file + ": not JSON: " + notJson.getOriginalMessage());
        } catch (NoSuchFileException missing) {
            err.println(file + ": no such file");
        } catch (IOException unreadable) {
            err.println(file + ": cannot be read: " + unreadable.getMessage());
        }
        return USAGE;
    }

    private void inspect(ArrayNode ceremonies, boolean explains) {
        int valid = 0;
        for (JsonNode ceremony : ceremonies) {
            Finding finding = RecordedCeremony.judge(ceremony);
            valid += finding.equals(Finding.VALID) ? 1 : 0;
            out.println(printable(ceremony.path("id").asText("?")) + " " + finding.verdict());
            if (explains && !finding.explanation().isEmpty()) {
                out.println("    " + finding.explanation());
            }
        }
        out.println(valid + " valid, " + (ceremonies.size() - valid) + " invalid");
    }

    /** On one line: an id with a line break could forge a verdict. */
    private static String printable(String id) {
        return NOT_PRINTABLE.matcher(id).replaceAll("\uFFFD");
    }
}
