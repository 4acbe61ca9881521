package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The client data (§5.8.1), and the steps on them that both ceremonies share. */
record ClientData(
        String type, String challenge, String origin, boolean crossOrigin, Optional<String> topOrigin, Bytes hash) {

    private static final String BYTE_ORDER_MARK = "\ufeff";

    static ClientData parse(Bytes clientDataJson) throws CeremonyException {
        ObjectNode json = Json.readObject(utf8(clientDataJson), FailureReason.CLIENT_DATA_UNREADABLE);
        return new ClientData(
                Json.requireText(json, "type", FailureReason.CLIENT_DATA_UNREADABLE),
                Json.requireText(json, "challenge", FailureReason.CLIENT_DATA_UNREADABLE),
                Json.requireText(json, "origin", FailureReason.CLIENT_DATA_UNREADABLE),
                crossOrigin(json),
                topOrigin(json),
                clientDataJson.sha256());
    }

    /** Who is embedded has to be known for certain, so that these two are either readable or not there. */
    private static boolean crossOrigin(ObjectNode json) throws CeremonyException {
        JsonNode crossOrigin = json.path("crossOrigin");
        CeremonyException.require(
                crossOrigin.isMissingNode() || crossOrigin.isBoolean(), FailureReason.CLIENT_DATA_UNREADABLE);
        return crossOrigin.booleanValue();
    }

    private static Optional<String> topOrigin(ObjectNode json) throws CeremonyException {
        return json.has("topOrigin")
                ? Optional.of(Json.requireText(json, "topOrigin", FailureReason.CLIENT_DATA_UNREADABLE))
                : Optional.empty();
    }

    /** "UTF-8 decode" of the Encoding standard, which drops a byte order mark. */
    private static String utf8(Bytes bytes) throws CeremonyException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        } catch (CharacterCodingException notUtf8) {
            throw new CeremonyException(FailureReason.CLIENT_DATA_UNREADABLE, notUtf8);
        }
    }

    void verifyType(String expected) throws CeremonyException {
        CeremonyException.require(type.equals(expected), FailureReason.CEREMONY_TYPE_MISMATCH);
    }

    /** Compared as text: base64url without padding writes one challenge in one way. */
    void verifyChallenge(Challenge expected) throws CeremonyException {
        CeremonyException.require(challenge.equals(expected.value().toBase64Url()), FailureReason.CHALLENGE_MISMATCH);
    }

    void verifyOrigin(RelyingPartyPolicy policy) throws CeremonyException {
        CeremonyException.require(policy.origins().contains(origin), FailureReason.ORIGIN_NOT_ALLOWED);
    }

    /** An embedded page has to say who embeds it, and that has to be someone the policy names. */
    void verifyTopOrigin(RelyingPartyPolicy policy) throws CeremonyException {
        boolean embedded = crossOrigin || topOrigin.isPresent();
        CeremonyException.require(
                !embedded || topOrigin.filter(policy.topOrigins()::contains).isPresent(),
                FailureReason.TOP_ORIGIN_NOT_ALLOWED);
    }
}
