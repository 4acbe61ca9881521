package io.github.keycloakpasskey.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.webauthn4j.converter.util.JsonConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.metadata.data.MetadataBLOBPayloadEntry;
import com.webauthn4j.metadata.data.toc.AuthenticatorStatus;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.Optional;

/**
 * The seam to webauthn4j-metadata: reads one entry of a blob. The library refuses an entry for any
 * value that it does not know, and the specification adds values; so it is shown only the members that
 * are used here, without what it cannot read in them.
 */
final class EntryReader {

    private static final JsonConverter CONVERTER = new ObjectConverter().getJsonConverter();

    private boolean incomplete;

    /** Whether something of an entry that was read could not be read. */
    boolean leftSomethingOut() {
        return incomplete;
    }

    /**
     * Reads an entry, which loses the members that are not used. It is read without its roots where these cannot be read, so
     * that what is reported of the model still counts.
     *
     * @return empty where even that cannot be read
     */
    Optional<MetadataBLOBPayloadEntry> read(JsonNode json) {
        if (!(json instanceof ObjectNode entry)) {
            return Optional.empty();
        }
        entry.retain("aaguid", "attestationCertificateKeyIdentifiers", "statusReports", "metadataStatement");
        if (entry.path("metadataStatement") instanceof ObjectNode statement) {
            statement.retain("attestationRootCertificates");
        }
        if (entry.path("statusReports") instanceof ArrayNode reports) {
            withoutUnknownReports(reports);
        } else {
            incomplete = true;
            entry.putArray("statusReports");
        }
        return convert(entry).or(() -> {
            incomplete = true;
            return convert(entry.without("metadataStatement"));
        });
    }

    private void withoutUnknownReports(ArrayNode reports) {
        for (Iterator<JsonNode> each = reports.iterator(); each.hasNext(); ) {
            if (each.next() instanceof ObjectNode report && isKnown(report.path("status"))) {
                report.retain("status", "effectiveDate");
                if (!isDate(report.path("effectiveDate"))) {
                    report.remove("effectiveDate");
                }
            } else {
                incomplete = true;
                each.remove();
            }
        }
    }

    private static boolean isKnown(JsonNode status) {
        try {
            AuthenticatorStatus.create(status.asText());
            return true;
        } catch (IllegalArgumentException addedLater) {
            return false;
        }
    }

    private static boolean isDate(JsonNode date) {
        try {
            LocalDate.parse(date.asText());
            return true;
        } catch (DateTimeParseException notIso) {
            return false;
        }
    }

    /** The library throws exceptions of many kinds, its own and Jackson's, for what it cannot read. */
    private static Optional<MetadataBLOBPayloadEntry> convert(JsonNode entry) {
        try {
            return Optional.ofNullable(CONVERTER.readValue(entry.toString(), MetadataBLOBPayloadEntry.class));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }
}
