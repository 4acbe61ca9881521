package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Json;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The client data (§5.8.1), and the steps on them that both ceremonies share. */
record ClientData(
        String type, String challenge, String origin, boolean crossOrigin, Optional<String> topOrigin, Bytes hash) {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    static ClientData parse(Bytes clientDataJson) throws CeremonyException {
        return CeremonyException.reading(FailureReason.CLIENT_DATA_UNREADABLE, () -> read(clientDataJson));
    }

    private static ClientData read(Bytes clientDataJson) throws MalformedException {
        ObjectNode json = Json.readObject(utf8(clientDataJson));
        return new ClientData(
                Json.requireText(json, "type"),
                Json.requireText(json, "challenge"),
                Json.requireText(json, "origin"),
                crossOrigin(json),
                topOrigin(json),
                clientDataJson.sha256());
    }

    /** Whether the page is embedded must be certain, so this member and the next are either valid or absent. */
    private static boolean crossOrigin(ObjectNode json) throws MalformedException {
        JsonNode crossOrigin = json.path("crossOrigin");
        MalformedException.require(crossOrigin.isMissingNode() || crossOrigin.isBoolean());
        return crossOrigin.booleanValue();
    }

    private static Optional<String> topOrigin(ObjectNode json) throws MalformedException {
        return json.has("topOrigin") ? Optional.of(Json.requireText(json, "topOrigin")) : Optional.empty();
    }

    /** "UTF-8 decode" of the Encoding standard, which removes a byte order mark. */
    private static String utf8(Bytes bytes) throws MalformedException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new MalformedException(notUtf8);
        }
    }

    void verifyType(String expected) throws CeremonyException {
        CeremonyException.require(type.equals(expected), FailureReason.CEREMONY_TYPE_MISMATCH);
    }

    /** Compares the texts: base64url without padding has one form for each challenge. */
    void verifyChallenge(Challenge expected) throws CeremonyException {
        CeremonyException.require(challenge.equals(expected.value().toBase64Url()), FailureReason.CHALLENGE_MISMATCH);
    }

    void verifyOrigin(RelyingPartyPolicy policy) throws CeremonyException {
        CeremonyException.require(policy.origins().contains(origin), FailureReason.ORIGIN_NOT_ALLOWED);
    }

    /** An embedded page must name the origin that embeds it, and the policy must allow that origin. */
    void verifyTopOrigin(RelyingPartyPolicy policy) throws CeremonyException {
        boolean embedded = crossOrigin || topOrigin.isPresent();
        CeremonyException.require(
                !embedded || topOrigin.filter(policy.topOrigins()::contains).isPresent(),
                FailureReason.TOP_ORIGIN_NOT_ALLOWED);
    }
}
