package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The client data (§5.8.1), and the steps on them that both ceremonies share. */
record ClientData(
        String type, String challenge, String origin, boolean crossOrigin, Optional<String> topOrigin, Bytes hash) {

    static ClientData parse(Bytes clientDataJson) throws CeremonyException {
        ObjectNode json = Json.readObject(utf8(clientDataJson), FailureReason.CLIENT_DATA_UNREADABLE);
        JsonNode crossOrigin = json.path("crossOrigin");
        return new ClientData(
                Json.requireText(json, "type", FailureReason.CLIENT_DATA_UNREADABLE),
                Json.requireText(json, "challenge", FailureReason.CLIENT_DATA_UNREADABLE),
                Json.requireText(json, "origin", FailureReason.CLIENT_DATA_UNREADABLE),
                crossOrigin.booleanValue(),
                Optional.ofNullable(json.path("topOrigin").textValue()),
                clientDataJson.sha256());
    }

    private static String utf8(Bytes bytes) throws CeremonyException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new CeremonyException(FailureReason.CLIENT_DATA_UNREADABLE, notUtf8);
        }
    }

    void verifyType(String expected) throws CeremonyException {
        CeremonyException.require(type.equals(expected), FailureReason.CEREMONY_TYPE_MISMATCH);
    }

    void verifyChallenge(Challenge expected) throws CeremonyException {
        try {
            CeremonyException.require(
                    Bytes.ofBase64Url(challenge).equals(expected.value()), FailureReason.CHALLENGE_MISMATCH);
        } catch (IllegalArgumentException notBase64Url) {
            throw new CeremonyException(FailureReason.CHALLENGE_MISMATCH, notBase64Url);
        }
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
