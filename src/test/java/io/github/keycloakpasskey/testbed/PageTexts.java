package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What the pages say, in English. */
public final class PageTexts {

    private static final Path MESSAGES = Path.of("themes/messages/messages_en.properties");

    private PageTexts() {}

    /** The texts by their keys. */
    public static Map<String, String> ofThisExtension() {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(MESSAGES)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> byKey = new TreeMap<>();
        texts.stringPropertyNames().forEach(key -> byKey.put(key, texts.getProperty(key)));
        return byKey;
    }
}
