package io.github.keycloakpasskey.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code bin/inspect} reports about the ceremony of {@code docs/how-passkeys-work.md}. */
class DocumentedCeremonyTest {

    private static final Path DOCUMENT = Path.of("docs/how-passkeys-work.md");

    @Test
    void theDocumentShowsTheVerdictsOfInspectOnItsCeremony() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);

        new Inspect(printed, System.err).run("docs/ceremony.json");

        String verdicts = out.toString(StandardCharsets.UTF_8);
        assertThat(verdicts).isEqualTo("registration valid\nsign-in valid\n2 valid, 0 invalid\n");
        assertThat(Files.readString(DOCUMENT)).contains("\n" + verdicts.indent(4));
    }
}
