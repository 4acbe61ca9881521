package io.github.keycloakpasskey.metadata;

import io.github.keycloakpasskey.webauthn.AttestationTrust;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest metadata of authenticators, kept up to date by one thread in the background.
 *
 * <p>Ceremonies are answered from memory. Metadata that cannot be refreshed stay in use, whatever their
 * age: what they say of compromised authenticators is still true. Each failure is a warning in the log,
 * and so is an age that the metadata themselves call too old.
 */
public final class MetadataService implements AutoCloseable {

    private final MetadataSource source;
    private final BlobSigner signer;
    private final Optional<MetadataFile> cache;
    private final Clock clock;
    private final Timer timer;
    private final Logger log;

    private final AtomicReference<MetadataBlob> newest = new AtomicReference<>();
    private long highestNumber = Long.MIN_VALUE;
    private final RefreshTimes times = new RefreshTimes();
    private volatile boolean closed;

    MetadataService(MetadataSettings settings, MetadataSource source, Clock clock, Timer timer, Logger log) {
        this.source = source;
        this.signer = settings.blobSigner();
        this.cache = settings.cacheFile();
        this.clock = clock;
        this.timer = timer;
        this.log = log;
    }

    /** Begins to load the metadata in the background. Nobody waits for them. */
    public static MetadataService start(MetadataSettings settings) {
        MetadataService service = new MetadataService(
                settings,
                settings.source(),
                Clock.systemUTC(),
                Timer.daemon("authenticator-metadata"),
                System.getLogger(MetadataService.class.getName()));
        service.start();
        return service;
    }

    void start() {
        timer.after(Duration.ZERO, () -> {
            cache.filter(MetadataFile::exists).ifPresent(this::readCache);
            refresh();
        });
    }

    /** What is known at the moment; empty until the first blob is loaded. */
    public Optional<MetadataBlob> newest() {
        return Optional.ofNullable(newest.get());
    }

    /**
     * Trusts the authenticators that the metadata vouch for and do not call compromised.
     *
     * @param least what they have to be certified for at least. Then a model that the metadata do not
     *     know is refused too, and so is one that is only claimed; before they are loaded, every model is
     */
    public AttestationTrust trust(Optional<CertificationLevel> least) {
        return new MetadataTrust(this::newest, least, clock);
    }

    private void readCache(MetadataFile file) {
        try {
            use(MetadataBlob.verify(file.read(), signer, clock.instant()), file);
        } catch (IOException | MetadataException e) {
            log.log(Level.WARNING, "The metadata kept in {0} are not used: {1}.", file, e.getMessage());
            readNumber(file);
        }
    }

    /** What is too old to be used was seen all the same: nothing older comes after it. */
    private void readNumber(MetadataFile file) {
        try {
            highestNumber = MetadataBlob.signedNumber(file.read(), signer);
        } catch (IOException | MetadataException e) {
            log.log(Level.WARNING, "Older metadata than those in {0} may be used: {1}.", file, e.getMessage());
        }
    }

    private void use(MetadataBlob blob, MetadataSource from) {
        newest.set(blob);
        highestNumber = blob.number();
        log.log(Level.INFO, "Loaded {0} from {1}.", blob, from);
    }

    private void refresh() {
        // Whatever is thrown: a next time comes, and soon unless this one succeeds.
        Duration next = times.afterFailure();
        try {
            MetadataBlob blob = load();
            next = times.afterSuccess(blob, clock.instant());
        } catch (IOException | MetadataException e) {
            warn(e.getMessage());
        } finally {
            timer.after(next, this::refresh);
        }
        warnIfTooOld();
    }

    private MetadataBlob load() throws IOException, MetadataException {
        String jws = source.read();
        MetadataBlob blob = MetadataBlob.verify(jws, signer, clock.instant());
        if (blob.number() < highestNumber) {
            throw new MetadataException(
                    "its number " + blob.number() + " is lower than " + highestNumber + ", which was seen before");
        }
        // MDS §3.2 step 5: a blob is newer only if its number is.
        MetadataBlob known = newest.get();
        if (known != null && blob.number() == known.number()) {
            return known;
        }
        use(blob, source);
        cache.ifPresent(file -> keep(jws, file));
        return blob;
    }

    private void keep(String jws, MetadataFile file) {
        try {
            file.write(jws);
        } catch (IOException e) {
            log.log(Level.WARNING, "The metadata cannot be kept for the next start: {0}.", e.toString());
        }
    }

    private void warn(String reason) {
        if (closed) {
            return;
        }
        String now = newest().map(blob -> "no. " + blob.number() + " stays in use")
                .orElse("there are none, so no authenticator is vouched for");
        log.log(Level.WARNING, "The metadata from {0} were not loaded: {1}. Until they are, {2}.", source, reason, now);
    }

    private void warnIfTooOld() {
        Instant now = clock.instant();
        newest().filter(blob -> blob.nextUpdate().isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC)))
                .ifPresent(blob -> log.log(
                        Level.WARNING,
                        "The metadata in use are too old: newer ones were announced for {0}.",
                        blob.nextUpdate()));
    }

    /** Ends the thread. What is known stays known. */
    @Override
    public void close() {
        closed = true;
        timer.close();
    }
}
