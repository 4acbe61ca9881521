package io.github.keycloakpasskey.keycloak.credential;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.webauthn.Assertion;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.attestation.Aaguid;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON document in {@code CredentialModel.credentialData}: the credential record of WebAuthn, and what this
 * server adds. Binary members are base64url without padding, instants are milliseconds since 1970. Members that a
 * later version has added are kept when the document is written again; missing ones have a default. Immutable.
 */
public final class PasskeyRecord {

    private static final int VERSION = 1;
    private static final String AAGUID = "aaguid";
    private static final String ATTESTATION_FORMAT = "attestationFormat";
    private static final String LAST_VERIFIED = "lastVerified";
    private static final String BACKUP_ELIGIBLE = "backupEligible";
    private static final String BACKUP_ELIGIBILITY_CHANGED = "backupEligibilityChanged";
    private static final String ADOPTED_FROM = "adoptedFrom";
    private static final String RP_ID = "rpId";

    /** The end of the year 9999, the last that databases can store. */
    private static final long LAST_INSTANT = 253_402_300_799_999L;

    private static final long LARGEST_SIGN_COUNT = 0xffff_ffffL;
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final ObjectNode document;
    private final CredentialRecord credential;
    private final Optional<Bytes> userHandle;

    private PasskeyRecord(ObjectNode document) {
        this.document = document;
        this.credential = read(document);
        this.userHandle =
                Optional.ofNullable(document.path("userHandle").textValue()).map(Bytes::ofBase64Url);
    }

    /**
     * A new passkey, not used yet.
     *
     * @param rpId the relying party ID for which it was created
     * @param userHandle the user handle that the authenticator was given
     * @param created when it was created
     */
    public static PasskeyRecord of(CredentialRecord credential, String rpId, Bytes userHandle, Instant created) {
        ObjectNode document = document(credential, Optional.of(rpId), userHandle);
        if (credential.userVerified()) {
            document.put(LAST_VERIFIED, created.toEpochMilli());
        }
        return new PasskeyRecord(document);
    }

    /**
     * A passkey of one of Keycloak's built-in types, which do not store its relying party ID.
     *
     * @param attestationFormat the registered name of its attestation statement format, if stored
     * @param userHandle the user handle that the authenticator was given
     * @param type the type of its row
     */
    static PasskeyRecord ofBuiltIn(
            CredentialRecord credential, Optional<String> attestationFormat, Bytes userHandle, PasskeyType type) {
        ObjectNode document = document(credential, Optional.empty(), userHandle).put(ADOPTED_FROM, type.id());
        attestationFormat.ifPresent(format -> document.put(ATTESTATION_FORMAT, format));
        return new PasskeyRecord(document);
    }

    private static ObjectNode document(CredentialRecord credential, Optional<String> rpId, Bytes userHandle) {
        ObjectNode document = MAPPER.createObjectNode()
                .put("version", VERSION)
                .put("credentialId", credential.id().toBase64Url())
                .put("publicKey", credential.publicKeyCose().toBase64Url())
                .put("signCount", credential.signCount());
        ArrayNode transports = document.putArray("transports");
        credential.transports().forEach(transports::add);
        credential.aaguid().ifPresent(aaguid -> document.put(AAGUID, aaguid.toString()));
        credential.attestationFormat().ifPresent(format -> document.put(ATTESTATION_FORMAT, format.registeredName()));
        rpId.ifPresent(id -> document.put(RP_ID, id));
        document.put("userHandle", userHandle.toBase64Url());
        credential.discoverable().ifPresent(discoverable -> document.put("discoverable", discoverable));
        document.put("userVerified", credential.userVerified());
        credential.backupEligible().ifPresent(eligible -> document.put(BACKUP_ELIGIBLE, eligible));
        document.put("backedUp", credential.backedUp());
        return document;
    }

    /**
     * Reads a stored document.
     *
     * @throws IllegalArgumentException if it is no passkey record
     */
    public static PasskeyRecord parse(String json) {
        try {
            if (json != null && MAPPER.readTree(json) instanceof ObjectNode document) {
                return new PasskeyRecord(document);
            }
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("not the JSON of a passkey", notJson);
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    public String toJson() {
        return document.toString();
    }

    public CredentialRecord credential() {
        return credential;
    }

    /** The relying party ID for which it was created; empty if the document does not say. */
    public Optional<String> rpId() {
        return Optional.ofNullable(document.path(RP_ID).textValue());
    }

    /** The registered name of the attestation statement format, also if this version does not know it. */
    String attestationFormat() {
        return document.path(ATTESTATION_FORMAT).asText(AttestationFormat.NONE.registeredName());
    }

    /** The built-in type that it has, or had before it became a passkey of this extension; empty if it was created as one. */
    public Optional<PasskeyType> adoptedFrom() {
        return PasskeyType.ofId(document.path(ADOPTED_FROM).asText()).filter(PasskeyType::isBuiltIn);
    }

    /** The user handle that the authenticator was given. */
    public Optional<Bytes> userHandle() {
        return userHandle;
    }

    /** The last sign-in, to the stored precision; empty if there was none. */
    public Optional<Instant> lastUsed() {
        return instant("lastUsed");
    }

    /**
     * When the authenticator last verified its user, at registration or at a sign-in, to the stored precision. Empty
     * if it never did, or if the record is of an older version, which did not store this.
     */
    public Optional<Instant> lastVerified() {
        return instant(LAST_VERIFIED);
    }

    /** When a copy of the key was first suspected, because the counter did not increase; empty if it never was. */
    public Optional<Instant> cloneSuspected() {
        return instant("cloneSuspected");
    }

    /** The same passkey with the relying party ID for which it was created. */
    PasskeyRecord withRpId(String rpId) {
        ObjectNode changed = document.deepCopy();
        changed.put(RP_ID, rpId);
        return new PasskeyRecord(changed);
    }

    /** The same passkey with a suspicion; an earlier one is kept. */
    PasskeyRecord suspectedOfClone(Instant at) {
        ObjectNode changed = document.deepCopy();
        changed.put("cloneSuspected", cloneSuspected().orElse(at).toEpochMilli());
        return new PasskeyRecord(changed);
    }

    private Optional<Instant> instant(String member) {
        JsonNode millis = document.path(member);
        return millis.isIntegralNumber()
                        && millis.canConvertToLong()
                        && millis.longValue() >= 0
                        && millis.longValue() <= LAST_INSTANT
                ? Optional.of(Instant.ofEpochMilli(millis.longValue()))
                : Optional.empty();
    }

    /** When the backup eligibility last changed, which the realm accepted; empty if it never did. */
    public Optional<Instant> backupEligibilityChanged() {
        return instant(BACKUP_ELIGIBILITY_CHANGED);
    }

    /**
     * The same passkey after a sign-in.
     *
     * @param signCount the counter to be stored
     */
    PasskeyRecord used(long signCount, Assertion assertion, Instant at) {
        ObjectNode changed = document.deepCopy();
        changed.put("signCount", signCount)
                .put(BACKUP_ELIGIBLE, assertion.backupEligible())
                .put("backedUp", assertion.backedUp())
                .put("lastUsed", at.toEpochMilli());
        if (assertion.userVerified()) {
            changed.put(LAST_VERIFIED, at.toEpochMilli());
        }
        if (assertion.changesBackupEligibility(credential.backupEligible())) {
            changed.put(BACKUP_ELIGIBILITY_CHANGED, at.toEpochMilli());
        }
        return new PasskeyRecord(changed);
    }

    private static CredentialRecord read(ObjectNode document) {
        List<String> transports = new ArrayList<>();
        document.path("transports").forEach(transport -> transports.add(transport.asText()));
        return CredentialRecord.builder(required(document, "credentialId"), required(document, "publicKey"))
                .signCount(signCount(document))
                .transports(transports)
                .aaguid(Aaguid.parse(document.path(AAGUID).asText(Aaguid.NONE.toString())))
                .attestationFormat(attestationFormat(document))
                .userVerified(document.path("userVerified").asBoolean())
                .discoverable(flag(document, "discoverable"))
                .backupEligible(flag(document, BACKUP_ELIGIBLE))
                .backedUp(document.path("backedUp").asBoolean())
                .build();
    }

    /** Empty if the document does not say. */
    private static Optional<Boolean> flag(ObjectNode document, String member) {
        JsonNode flag = document.path(member);
        return flag.isBoolean() ? Optional.of(flag.booleanValue()) : Optional.empty();
    }

    /** Empty for a format that this version does not know; the document keeps its name. */
    private static Optional<AttestationFormat> attestationFormat(ObjectNode document) {
        return AttestationFormat.named(
                document.path(ATTESTATION_FORMAT).asText(AttestationFormat.NONE.registeredName()));
    }

    private static long signCount(ObjectNode document) {
        JsonNode count = document.path("signCount");
        if (count.isMissingNode()) {
            return 0;
        }
        boolean isCounter = count.isIntegralNumber()
                && count.canConvertToLong()
                && count.longValue() >= 0
                && count.longValue() <= LARGEST_SIGN_COUNT;
        if (!isCounter) {
            throw new IllegalArgumentException("a signCount is a number from 0 to " + LARGEST_SIGN_COUNT);
        }
        return count.longValue();
    }

    private static Bytes required(ObjectNode document, String member) {
        String text = document.path(member).textValue();
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("a passkey has a " + member);
        }
        return Bytes.ofBase64Url(text);
    }
}
