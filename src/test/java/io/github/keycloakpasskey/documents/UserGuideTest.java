package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.PageTexts;
import io.github.keycloakpasskey.testbed.ProjectFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** {@code docs/user-guide.md} quotes the texts of the pages exactly. */
class UserGuideTest {

    private static final Path PICTURES = Path.of("docs/images/user-guide");
    private static final int WIDEST = 1240;
    private static final int LARGEST = 150_000;

    private final UserGuide guide = UserGuide.read();
    private final Map<String, String> texts = PageTexts.ofThisExtension();

    @Test
    void everyQuoteInTheGuideIsATextOrItsBeginning() {
        assertThat(guide.quotes())
                .isNotEmpty()
                .allSatisfy(quote -> assertThat(texts.values()).as(quote).anyMatch(text -> quotes(quote, text)));
    }

    @Test
    void everyButtonNamedInTheGuideExists() {
        assertThat(guide.names()).isNotEmpty().allSatisfy(name -> assertThat(
                        texts.containsValue(name) || UserGuide.NAMES_OF_KEYCLOAKS.contains(name))
                .as(name)
                .isTrue());
        assertThat(guide.names()).containsAll(UserGuide.NAMES_OF_KEYCLOAKS);
    }

    @Test
    void theGuideExplainsEveryErrorMessage() {
        List<String> messages = texts.keySet().stream()
                .filter(key -> key.startsWith("passkey-error-") || key.startsWith("passkey-unsupported-"))
                .map(texts::get)
                .toList();

        assertThat(messages).isNotEmpty().allSatisfy(message -> assertThat(guide.quotes())
                .as(message)
                .anyMatch(quote -> quotes(quote, message)));
    }

    @Test
    void theGuideShowsEveryPictureInItsDirectory() {
        assertThat(new TreeSet<>(guide.pictures()))
                .isNotEmpty()
                .isEqualTo(new TreeSet<>(ProjectFiles.in(PICTURES, "")));
    }

    @Test
    void thePicturesOfTheGuideAreSmall() throws IOException {
        Collection<Path> pictures = guide.pictures();
        assertThat(pictures).isNotEmpty();
        for (Path picture : pictures) {
            BufferedImage image = ImageIO.read(picture.toFile());
            assertThat(image.getWidth()).as(picture.toString()).isLessThanOrEqualTo(WIDEST);
            assertThat(Files.size(picture)).as(picture.toString()).isLessThan(LARGEST);
        }
    }

    private static boolean quotes(String quote, String text) {
        return quote.equals(text) || (quote.matches(".*[.?!]") && text.startsWith(quote + " "));
    }
}
