package io.github.keycloakpasskey.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.MetadataHost;
import io.github.keycloakpasskey.testbed.TestAuthority;
import io.github.keycloakpasskey.testbed.TestMetadata;
import io.github.keycloakpasskey.webauthn.AuthenticatorModel;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How metadata is loaded, refreshed and cached, and what is logged. */
@Shows(Threat.FORGED_METADATA)
class MetadataServiceTest {

    private static final String MODEL = "0ea242b4-43c4-4a1b-8b17-dd6d0b6baec6";
    private static final X509Certificate VENDOR = TestAuthority.root("Vendor").certificate();

    @TempDir
    Path directory;

    private final MetadataHost host = new MetadataHost();
    private final TestTime time = new TestTime();
    private final RecordedLog log = new RecordedLog();
    private final LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
    private Path root;

    @BeforeEach
    void writeTheRoot() {
        root = TestMetadata.ROOT.writePem(directory.resolve("root.pem"));
    }

    @AfterEach
    void closeTheHost() {
        host.close();
    }

    @Test
    void metadataIsLoadedFromAUrl() {
        host.answersWith(new TestMetadata().model(MODEL, VENDOR, "REVOKED").sign());

        MetadataService service = started();
        time.untilNext();

        assertThat(service.trust(Optional.empty()).anchors(model())).containsExactly(VENDOR);
        assertThat(service.trust(Optional.empty()).objection(model()))
                .contains(FailureReason.AUTHENTICATOR_COMPROMISED);
        assertThat(log.others()).singleElement().asString().startsWith("Loaded metadata blob no. 1 ");
        assertThat(log.newWarnings()).isEmpty();
    }

    @Test
    void metadataIsLoadedFromAFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("blob.jwt"), new TestMetadata().number(7).sign());

        MetadataService service = started(file.toString(), Optional.empty());
        time.untilNext();

        assertThat(service.newest()).map(MetadataBlob::number).contains(7L);
    }

    @Test
    void theStartDoesNotWaitForMetadata() {
        MetadataService service = started();

        assertThat(service.newest()).isEmpty();
        assertThat(host.requests()).isZero();
        assertThat(service.trust(Optional.of(CertificationLevel.L1)).objection(model()))
                .contains(FailureReason.METADATA_UNAVAILABLE);
    }

    @Test
    void metadataIsRequestedOnceADay() {
        host.answersWith(new TestMetadata().sign());
        started();
        time.untilNext();

        assertThat(time.delay()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void metadataIsRequestedByTheAnnouncedNextUpdate() {
        host.answersWith(new TestMetadata().nextUpdate(today.plusDays(1)).sign());
        started();
        time.untilNext();

        assertThat(time.instant().plus(time.delay())).isBeforeOrEqualTo(laterOf(today.plusDays(1)));
    }

    @Test
    void metadataIsRequestedAtMostOnceAnHour() {
        host.answersWith(new TestMetadata().nextUpdate(today.minusDays(3)).sign());
        started();
        time.untilNext();

        assertThat(time.delay()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void newerMetadataReplacesOlderMetadata() {
        host.answersWith(new TestMetadata().number(1).model(MODEL, VENDOR).sign());
        MetadataService service = started();
        time.untilNext();
        assertThat(service.trust(Optional.empty()).objection(model())).isEmpty();

        host.answersWith(
                new TestMetadata().number(2).model(MODEL, VENDOR, "REVOKED").sign());
        time.untilNext();

        assertThat(service.trust(Optional.empty()).objection(model()))
                .contains(FailureReason.AUTHENTICATOR_COMPROMISED);
    }

    @Test
    void metadataStaysInUseAfterFailuresAndEachFailureIsLogged() {
        host.answersWith(new TestMetadata().number(5).model(MODEL, VENDOR).sign());
        MetadataService service = started();
        time.untilNext();

        host.answersWithStatus(503);
        time.untilNext();
        assertThat(log.newWarnings())
                .singleElement()
                .asString()
                .contains(host.url().toString(), "answered with status 503", "no. 5 stays in use");

        host.answersWith(new TestMetadata()
                .authority(TestAuthority.root("Somebody else"))
                .sign());
        time.untilNext();
        assertThat(log.newWarnings()).singleElement().asString().contains("not trusted", "no. 5 stays in use");
        assertThat(service.trust(Optional.empty()).anchors(model())).containsExactly(VENDOR);
    }

    @Test
    void metadataWithALowerNumberIsRefused() {
        host.answersWith(
                new TestMetadata().number(5).model(MODEL, VENDOR, "REVOKED").sign());
        MetadataService service = started();
        time.untilNext();

        host.answersWith(new TestMetadata().number(4).model(MODEL, VENDOR).sign());
        time.untilNext();

        assertThat(log.newWarnings()).singleElement().asString().contains("number 4 is lower than 5");
        assertThat(service.trust(Optional.empty()).objection(model()))
                .contains(FailureReason.AUTHENTICATOR_COMPROMISED);
    }

    @Test
    void metadataWithTheSameNumberIsNotReplaced() {
        host.answersWith(new TestMetadata().number(5).model(MODEL, VENDOR).sign());
        MetadataService service = started();
        time.untilNext();

        host.answersWith(new TestMetadata().number(5).sign());
        time.untilNext();

        assertThat(log.newWarnings()).isEmpty();
        assertThat(time.delay()).isEqualTo(Duration.ofDays(1));
        assertThat(service.trust(Optional.empty()).anchors(model())).containsExactly(VENDOR);
    }

    @Test
    void retriesStartAfterAMinuteAndSlowDownToAnHour() {
        host.answersWithStatus(500);
        started();

        List<Long> minutes = new ArrayList<>();
        for (int failure = 0; failure < 8; failure++) {
            time.untilNext();
            minutes.add(time.delay().toMinutes());
        }

        assertThat(minutes).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
        assertThat(log.newWarnings()).hasSize(8).allSatisfy(warning -> assertThat(warning)
                .contains("status 500", "there are none, so no authenticator is vouched for"));

        host.answersWith(new TestMetadata().sign());
        time.untilNext();
        host.answersWithStatus(500);
        time.untilNext();
        assertThat(time.delay()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void metadataIsLoadedOnceTheNetworkIsAvailable() {
        host.close();
        MetadataService service = started();
        time.untilNext();
        assertThat(log.newWarnings()).singleElement().asString().contains(host.url() + " cannot be read");

        try (MetadataHost back = new MetadataHost(host.url().getPort())) {
            back.answersWith(new TestMetadata().number(3).sign());
            time.untilNext();
        }

        assertThat(service.newest()).map(MetadataBlob::number).contains(3L);
        assertThat(log.newWarnings()).isEmpty();
    }

    @Test
    void outdatedMetadataStaysInUseWithAWarning() {
        host.answersWith(new TestMetadata().nextUpdate(today.minusDays(1)).sign());
        MetadataService service = started();
        time.untilNext();
        assertThat(log.newWarnings())
                .singleElement()
                .asString()
                .contains("too old", today.minusDays(1).toString());

        host.answersWithStatus(503);
        time.untilNext();
        assertThat(log.newWarnings()).hasSize(2).last().asString().contains("too old");
        assertThat(service.newest()).isPresent();
    }

    @Test
    void metadataIsNotOutdatedOnTheDayOfTheNextUpdate() {
        host.answersWith(new TestMetadata().nextUpdate(today).sign());
        started();
        time.untilNext();

        assertThat(log.newWarnings()).isEmpty();
    }

    @Test
    void cachedMetadataIsUsedAfterARestartWithoutANetwork() {
        Path cache = directory.resolve("kept/metadata.jwt");
        host.answersWith(new TestMetadata().number(8).sign());
        started(host.url().toString(), Optional.of(cache.toString()));
        time.untilNext();
        assertThat(cache.getParent().toFile().list()).containsExactly("metadata.jwt");

        host.answersWithStatus(503);
        MetadataService restarted = started(host.url().toString(), Optional.of(cache.toString()));
        time.untilNext();

        assertThat(restarted.newest()).map(MetadataBlob::number).contains(8L);
        assertThat(log.newWarnings()).singleElement().asString().contains("status 503", "no. 8 stays in use");
    }

    @Test
    void metadataWithALowerNumberIsRefusedAfterARestart() {
        String cache = directory.resolve("metadata.jwt").toString();
        host.answersWith(new TestMetadata().number(8).sign());
        started(host.url().toString(), Optional.of(cache));
        time.untilNext();

        host.answersWith(new TestMetadata().number(7).sign());
        started(host.url().toString(), Optional.of(cache));
        time.untilNext();

        assertThat(log.newWarnings()).singleElement().asString().contains("number 7 is lower than 8");
    }

    @Test
    void aLowerNumberIsRefusedAfterARestartEvenIfTheCacheCannotBeUsed() throws IOException {
        Path cache = cached(new TestMetadata().number(8).model(MODEL, VENDOR, "REVOKED"));
        host.answersWith(new TestMetadata().number(7).model(MODEL, VENDOR).sign());
        MetadataService service = started(host.url().toString(), Optional.of(cache.toString()));
        time.untilNext();

        assertThat(log.newWarnings()).hasSize(2).first().asString().contains(cache.toString(), "are not used");
        assertThat(service.newest()).isEmpty();

        host.answersWith(
                new TestMetadata().number(8).model(MODEL, VENDOR, "REVOKED").sign());
        time.untilNext();

        assertThat(service.newest()).map(MetadataBlob::number).contains(8L);
    }

    @Test
    void theNumberOfACacheWithAnUntrustedSignatureDoesNotCount() throws IOException {
        Path cache = cached(new TestMetadata().number(9).authority(TestAuthority.root("Somebody else")));
        host.answersWith(new TestMetadata().number(7).sign());
        MetadataService service = started(host.url().toString(), Optional.of(cache.toString()));
        time.untilNext();

        assertThat(service.newest()).map(MetadataBlob::number).contains(7L);
    }

    /** A cache file with metadata whose signer's certificate expired yesterday. */
    private Path cached(TestMetadata metadata) throws IOException {
        Instant yesterday = time.instant().minus(Duration.ofDays(1));
        return Files.writeString(
                directory.resolve("metadata.jwt"),
                metadata.valid(yesterday.minus(Duration.ofDays(90)), yesterday).sign());
    }

    @Test
    void aChangedCacheIsNotUsed() throws IOException {
        Path cache = Files.writeString(directory.resolve("metadata.jwt"), new TestMetadata().sign() + "A");
        host.answersWithStatus(503);
        MetadataService service = started(host.url().toString(), Optional.of(cache.toString()));
        time.untilNext();

        assertThat(log.newWarnings())
                .hasSize(3)
                .satisfies(warnings -> assertThat(warnings.get(0)).contains(cache.toString(), "are not used"))
                .satisfies(warnings -> assertThat(warnings.get(1)).contains(cache.toString(), "Older metadata"));
        assertThat(service.newest()).isEmpty();
    }

    @Test
    void metadataIsUsedWhenTheCacheCannotBeWritten() throws IOException {
        Path notADirectory = Files.createFile(directory.resolve("file"));
        host.answersWith(new TestMetadata().sign());
        MetadataService service = started(
                host.url().toString(),
                Optional.of(notADirectory.resolve("metadata.jwt").toString()));
        time.untilNext();

        assertThat(service.newest()).isPresent();
        assertThat(log.newWarnings()).singleElement().asString().contains("cannot be kept for the next start");
    }

    @Test
    void failuresAfterClosingAreNotLogged() {
        MetadataService service = started();
        service.close();
        time.untilNext();

        assertThat(time.isClosed()).isTrue();
        assertThat(log.newWarnings()).isEmpty();
    }

    @Test
    void metadataIsLoadedInTheBackgroundUntilTheServiceIsClosed() {
        host.answersWith(new TestMetadata().number(9).sign());

        try (MetadataService service = MetadataService.start(settings(host.url().toString(), Optional.empty()))) {
            Await.until("the metadata", () -> service.newest().isPresent());
            assertThat(service.newest()).map(MetadataBlob::number).contains(9L);
            assertThat(threads()).singleElement().matches(Thread::isDaemon);
        }
        Await.until("the end of the thread", () -> threads().isEmpty());
    }

    @Test
    void closingTheServiceStopsAWaitingRequest() {
        host.neverAnswers();
        MetadataService service = MetadataService.start(settings(host.url().toString(), Optional.empty()));
        Await.until("a request", () -> host.requests() == 1);

        service.close();

        Await.until("the end of the thread", () -> threads().isEmpty());
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("authenticator-metadata"))
                .toList();
    }

    /** The beginning of a day, or one hour from now if that is later. */
    private Instant laterOf(LocalDate day) {
        Instant announced = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant inAnHour = time.instant().plus(Duration.ofHours(1));
        return announced.isAfter(inAnHour) ? announced : inAnHour;
    }

    private MetadataService started() {
        return started(host.url().toString(), Optional.empty());
    }

    private MetadataService started(String location, Optional<String> cache) {
        MetadataSettings settings = settings(location, cache);
        MetadataService service = new MetadataService(settings, settings.source(), time, time, log);
        service.start();
        return service;
    }

    private MetadataSettings settings(String location, Optional<String> cache) {
        return new MetadataSettings(location, Optional.of(root.toString()), Optional.empty(), cache);
    }

    private static AuthenticatorModel model() {
        return new AuthenticatorModel(UUID.fromString(MODEL), Optional.empty());
    }
}
