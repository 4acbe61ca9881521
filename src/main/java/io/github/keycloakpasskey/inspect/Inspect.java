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

/** Prints one verdict a line for each ceremony of a file, and counts them. */
public final class Inspect {

    private static final int USAGE = 2;
    private static final ObjectMapper MAPPER = new ObjectMapper();

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
        if (arguments.length != 1) {
            err.println("usage: bin/inspect FILE   (a JSON array of recorded ceremonies)");
            return USAGE;
        }
        try {
            String text = Files.readString(Path.of(arguments[0]));
            if (MAPPER.readTree(text) instanceof ArrayNode ceremonies) {
                inspect(ceremonies);
                return 0;
            }
            err.println(arguments[0] + ": not a JSON array of ceremonies");
        } catch (JsonProcessingException notJson) {
            err.println(arguments[0] + ": not JSON: " + notJson.getOriginalMessage());
        } catch (NoSuchFileException missing) {
            err.println(arguments[0] + ": no such file");
        } catch (IOException unreadable) {
            err.println(arguments[0] + ": cannot be read: " + unreadable.getMessage());
        }
        return USAGE;
    }

    private void inspect(ArrayNode ceremonies) {
        int valid = 0;
        for (JsonNode ceremony : ceremonies) {
            String verdict = RecordedCeremony.judge(ceremony);
            valid += verdict.equals(RecordedCeremony.VALID) ? 1 : 0;
            out.println(ceremony.path("id").asText("?") + " " + verdict);
        }
        out.println(valid + " valid, " + (ceremonies.size() - valid) + " invalid");
    }
}
