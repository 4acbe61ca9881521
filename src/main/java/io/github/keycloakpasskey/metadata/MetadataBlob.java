package io.github.keycloakpasskey.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.webauthn4j.metadata.data.MetadataBLOBPayloadEntry;
import com.webauthn4j.metadata.data.statement.MetadataStatement;
import io.github.keycloakpasskey.webauthn.AuthenticatorModel;
import io.github.keycloakpasskey.webauthn.attestation.Aaguid;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A metadata blob (MDS §3.1.7) whose signature was verified. */
public final class MetadataBlob {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final long number;
    private final LocalDate nextUpdate;
    private final Map<UUID, List<MetadataEntry>> byAaguid = new HashMap<>();
    private final Map<Bytes, List<MetadataEntry>> byKeyIdentifier = new HashMap<>();
    private final Map<PublicKey, Set<UUID>> modelsByAnchor = new HashMap<>();
    private int read;
    private int incomplete;
    private int unreadable;

    private MetadataBlob(long number, LocalDate nextUpdate, JsonNode entries) {
        this.number = number;
        this.nextUpdate = nextUpdate;
        entries.forEach(this::add);
    }

    /**
     * Verifies and reads a blob (MDS §3.2 steps 4 to 6).
     *
     * @param jws a JSON Web Signature in compact form
     * @param at when the signer's certificates have to be valid
     * @throws MetadataException if it is not signed by the signer, or is no metadata
     */
    static MetadataBlob verify(String jws, BlobSigner signer, Instant at) throws MetadataException {
        JsonNode payload = payload(JsonWebSignature.parse(jws).verifiedPayload(signer, at));
        long number = number(payload);
        JsonNode entries = payload.path("entries");
        if (!entries.isArray()) {
            throw new MetadataException("what is signed is no metadata of authenticators: entries is missing");
        }
        MetadataBlob blob = new MetadataBlob(number, nextUpdate(payload), entries);
        if (blob.read == 0 && blob.unreadable > 0) {
            throw new MetadataException("none of its " + blob.unreadable + " entries can be read");
        }
        return blob;
    }

    /**
     * The number of a blob that the signer has signed, be it so long ago that nothing else of it counts any more.
     *
     * @throws MetadataException if it is not signed by the signer, or has no number
     */
    static long signedNumber(String jws, BlobSigner signer) throws MetadataException {
        JsonWebSignature signature = JsonWebSignature.parse(jws);
        return number(payload(signature.verifiedPayload(signer, signature.validUntil())));
    }

    private static long number(JsonNode payload) throws MetadataException {
        JsonNode number = payload.path("no");
        if (!number.canConvertToExactIntegral() || !number.canConvertToLong()) {
            throw new MetadataException("what is signed is no metadata of authenticators: no is missing");
        }
        return number.longValue();
    }

    private static JsonNode payload(byte[] json) throws MetadataException {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new MetadataException("what is signed is not JSON", e);
        }
    }

    private static LocalDate nextUpdate(JsonNode payload) throws MetadataException {
        try {
            return LocalDate.parse(payload.path("nextUpdate").asText());
        } catch (DateTimeParseException e) {
            throw new MetadataException("what is signed is no metadata of authenticators: nextUpdate is no date", e);
        }
    }

    private void add(JsonNode json) {
        EntryReader reader = new EntryReader();
        Optional<MetadataBLOBPayloadEntry> entry = reader.read(json);
        if (entry.isEmpty()) {
            unreadable++;
            return;
        }
        read++;
        if (reader.leftSomethingOut()) {
            incomplete++;
        }
        add(entry.get());
    }

    private void add(MetadataBLOBPayloadEntry entry) {
        MetadataEntry said = new MetadataEntry(roots(entry.getMetadataStatement()), entry.getStatusReports());
        if (entry.getAaguid() != null) {
            UUID model = entry.getAaguid().getValue();
            byAaguid.computeIfAbsent(model, aaguid -> new ArrayList<>()).add(said);
            said.anchors().forEach(anchor -> modelsByAnchor
                    .computeIfAbsent(anchor.getPublicKey(), key -> new HashSet<>())
                    .add(model));
        }
        if (entry.getAttestationCertificateKeyIdentifiers() != null) {
            entry.getAttestationCertificateKeyIdentifiers().stream()
                    .flatMap(hex -> keyIdentifier(hex).stream())
                    .forEach(identifier -> byKeyIdentifier
                            .computeIfAbsent(identifier, ignored -> new ArrayList<>())
                            .add(said));
        }
    }

    private static Set<X509Certificate> roots(MetadataStatement statement) {
        return statement == null || statement.getAttestationRootCertificates() == null
                ? Set.of()
                : new LinkedHashSet<>(statement.getAttestationRootCertificates());
    }

    private static Optional<Bytes> keyIdentifier(String hex) {
        try {
            return Optional.of(Bytes.of(HexFormat.of().parseHex(hex)));
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    /**
     * What is said of a model: by its AAGUID, and by its attestation certificate's key where that is
     * known. All zeros are no AAGUID: models that have none share them.
     */
    List<MetadataEntry> entries(AuthenticatorModel model) {
        List<MetadataEntry> found = new ArrayList<>();
        if (!model.aaguid().equals(Aaguid.NONE)) {
            found.addAll(byAaguid.getOrDefault(model.aaguid(), List.of()));
        }
        model.certificateKeyIdentifier()
                .map(identifier -> byKeyIdentifier.getOrDefault(identifier, List.of()))
                .ifPresent(found::addAll);
        return found;
    }

    /** Whether models of several AAGUIDs lead to this anchor, or to another certificate of its key. */
    boolean isShared(X509Certificate anchor) {
        return modelsByAnchor.getOrDefault(anchor.getPublicKey(), Set.of()).size() > 1;
    }

    /** The serial number; a later blob has a higher one. */
    public long number() {
        return number;
    }

    /** The day (UTC) on which a newer blob is there at the latest. */
    public LocalDate nextUpdate() {
        return nextUpdate;
    }

    /** Entries that can be asked for, those for UAF authenticators included. */
    public int read() {
        return read;
    }

    /** Entries of which something is not known to this version, e.g. a status that was added later. */
    public int incomplete() {
        return incomplete;
    }

    /** Entries that were left out, as they cannot be read. */
    public int unreadable() {
        return unreadable;
    }

    /** For the log: number, day of the next one, and what was not read. */
    @Override
    public String toString() {
        return "metadata blob no. " + number + " (next update " + nextUpdate + ", " + read + " entries, " + incomplete
                + " of them read in part, " + unreadable + " not readable)";
    }
}
