package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The scripts in {@code docs/apps.md} are those of the demo, which {@code DemoJourneyIT} runs. */
class AppsDocumentTest {

    private static final Pattern SCRIPT = Pattern.compile("(?ms)^```js\n(.*?)^```$");
    private static final Pattern COMMENT = Pattern.compile(" // .*");

    /** The last script is not in the demo, which requests no level of authentication. */
    private static final int OF_THE_DEMO = 3;

    @Test
    void theScriptsInTheDocumentAreThoseOfTheDemo() {
        String demo = ProjectFiles.read(Path.of("demo/public/oidc.js"));
        List<String> scripts = SCRIPT.matcher(ProjectFiles.read(Path.of("docs/apps.md")))
                .results()
                .map(script -> script.group(1))
                .toList();

        assertThat(scripts).hasSizeGreaterThan(OF_THE_DEMO);
        assertThat(scripts.subList(0, OF_THE_DEMO))
                .allSatisfy(script -> assertThat(demo.lines().map(String::strip))
                        .containsSubsequence(COMMENT.matcher(script)
                                .replaceAll("")
                                .lines()
                                .map(String::strip)
                                .toList()));
    }
}
