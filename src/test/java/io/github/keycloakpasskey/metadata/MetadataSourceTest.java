package io.github.keycloakpasskey.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.keycloakpasskey.testbed.MetadataHost;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs and files as sources of metadata, including those that fail. */
class MetadataSourceTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final MetadataHost host = new MetadataHost();

    @TempDir
    Path directory;

    @AfterEach
    void closeTheHost() {
        host.close();
    }

    @Test
    void aResponseOfTheMaximumSizeIsRead() throws IOException {
        host.answersWith("12345");

        assertThat(new MetadataUrl(host.url(), 5, LONG).read()).isEqualTo("12345");
    }

    @Test
    void aResponseOverTheMaximumSizeIsRefused() {
        host.answersWith("123456");

        assertThatIOException()
                .isThrownBy(() -> new MetadataUrl(host.url(), 5, LONG).read())
                .withMessageContaining("more than 5 bytes");
    }

    @Test
    void waitingForAResponseTimesOut() {
        host.neverAnswers();

        assertThatIOException()
                .isThrownBy(() -> new MetadataUrl(host.url(), 5, SHORT).read())
                .withMessageContaining("did not answer within");
    }

    @Test
    void waitingForTheRestOfAResponseTimesOut() {
        host.neverFinishes();

        assertThatIOException()
                .isThrownBy(() -> new MetadataUrl(host.url(), 5000, SHORT).read())
                .withMessageContaining("did not answer within");
    }

    @Test
    void aRedirectToHttpIsNotFollowed() {
        host.redirectsTo("http://127.0.0.1:1/");

        assertThatIOException()
                .isThrownBy(() -> new MetadataUrl(host.url(), 5, LONG).read())
                .withMessageContaining("answered with status 302");
        assertThat(host.requests()).isEqualTo(1);
    }

    @Test
    void anUnreachableHostIsReported() {
        host.close();

        assertThatIOException()
                .isThrownBy(() -> MetadataSource.of(host.url().toString()).read())
                .withMessageContaining(host.url() + " cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://mds.example.org/",
                "http://127.0.0.1.example.org/",
                "http://localhost.example.org/",
                "http://10.0.0.1/",
                "http:///nobody",
                "https:nobody",
                "https://exa mple.org/",
                "ftp://127.0.0.1/blob",
                "file:relative",
                "\0"
            })
    void locationsOtherThanHttpsLoopbackOrFilesAreRefused(String location) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> MetadataSource.of(location))
                .withMessageMatching("(?s).{10,}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://mds3.fidoalliance.org/",
                "HTTPS://mds.example.org:8443/blob",
                "http://localhost:8080/",
                "http://127.1.2.3/",
                "http://[::1]:8080/"
            })
    void httpsAndLoopbackLocationsAreAccepted(String location) {
        assertThat(MetadataSource.of(location)).hasToString(location);
    }

    @Test
    void filesAreReadByPathAndByUrl() throws IOException {
        Path file = Files.writeString(directory.resolve("blob"), "12345");

        assertThat(MetadataSource.of(file.toString()).read()).isEqualTo("12345");
        assertThat(MetadataSource.of(file.toUri().toString()).read()).isEqualTo("12345");
    }

    @Test
    void aMissingOrTooLargeFileIsReported() throws IOException {
        Path missing = directory.resolve("missing");
        Path large = directory.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(MetadataSource.LARGEST + 1L);
        }

        assertThatIOException()
                .isThrownBy(() -> MetadataSource.of(missing.toString()).read())
                .withMessage(missing + " does not exist");
        assertThatIOException()
                .isThrownBy(() -> MetadataSource.of(large.toString()).read())
                .withMessageContaining("more than 67108864 bytes");
    }

    @Test
    void theUrlKeepsItsPathAndQuery() {
        assertThat(new MetadataUrl(URI.create("https://mds.example.org/a?b=c")))
                .hasToString("https://mds.example.org/a?b=c");
    }
}
