package io.github.keycloakpasskey.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What has to hold of whatever was accepted, found out without the code that accepted it. The fuzzer has no private
 * key: what is signed can only be what was signed before.
 */
final class Acceptance {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    /** The key type with two coordinates. */
    private static final int EC2 = 2;

    private static final int RP_ID_HASH = 32;
    private static final int ID_LENGTH = 53;
    private static final int ID = 55;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int BACKUP_ELIGIBLE = 0x08;
    private static final int BACKED_UP = 0x10;
    private static final int ATTESTED_DATA = 0x40;

    private final Site site;

    Acceptance(Site site) {
        this.site = site;
    }

    void ofRegistration(GenuineRegistration genuine, RegistrationResponse response, CredentialRecord record) {
        clientData(response.clientDataJson(), "webauthn.create");
        JsonNode object = cbor(response.attestationObject().toByteArray());
        byte[] authenticatorData = binary(object.path("authData"));
        head(authenticatorData, ATTESTED_DATA);
        int idLength = Byte.toUnsignedInt(authenticatorData[ID_LENGTH]) << Byte.SIZE
                | Byte.toUnsignedInt(authenticatorData[ID_LENGTH + 1]);
        byte[] id = Arrays.copyOfRange(authenticatorData, ID, ID + idLength);
        require(Bytes.of(id).equals(record.id()), "with another credential id than the one that was sent");

        String format = record.attestationFormat()
                .map(AttestationFormat::registeredName)
                .orElseThrow(() -> new AssertionError("accepted without an attestation format"));
        // One that cannot be verified, and that nobody asked for, counts as none.
        require(format.equals(object.path("fmt").asText()) || format.equals("none"), "with another attestation format");
        if (!format.equals("none")) {
            JsonNode original = cbor(genuine.attestationObject().toByteArray());
            require(format.equals(original.path("fmt").asText()), "with a forged attestation of " + format);
            require(
                    response.clientDataJson().equals(genuine.clientDataJson()),
                    "with an attestation of other client data");
            signedAuthenticatorData(format, authenticatorData, binary(original.path("authData")));
        }
    }

    /** FIDO U2F signs the hash of the RP id, the credential id and the key (§8.6); the others sign all. */
    private static void signedAuthenticatorData(String format, byte[] accepted, byte[] original) {
        if (format.equals("fido-u2f")) {
            boolean sameId = Arrays.equals(
                    accepted, ID_LENGTH, keyPosition(accepted), original, ID_LENGTH, keyPosition(original));
            require(sameId, "with an attestation of another credential id");
            JsonNode key = cbor(Arrays.copyOfRange(accepted, keyPosition(accepted), accepted.length));
            require(
                    isSameKey(key, cbor(Arrays.copyOfRange(original, keyPosition(original), original.length))),
                    "with an attestation of another key");
        } else {
            require(Arrays.equals(accepted, original), "with an attestation of other authenticator data");
        }
    }

    private static int keyPosition(byte[] authenticatorData) {
        return ID
                + (Byte.toUnsignedInt(authenticatorData[ID_LENGTH]) << Byte.SIZE
                        | Byte.toUnsignedInt(authenticatorData[ID_LENGTH + 1]));
    }

    void ofAuthentication(AuthenticationResponse genuine, AuthenticationResponse response) {
        clientData(response.clientDataJson(), "webauthn.get");
        head(response.authenticatorData().toByteArray(), 0);
        require(response.authenticatorData().equals(genuine.authenticatorData()), "with unsigned authenticator data");
        require(response.clientDataJson().equals(genuine.clientDataJson()), "with unsigned client data");
        require(response.signature().equals(genuine.signature()), "with a forged signature");
    }

    /** The key that a signature was checked with is the one that signed. */
    void ofKey(byte[] genuine, byte[] accepted) {
        require(isSameKey(cbor(accepted), cbor(genuine)), "with another key");
    }

    /** The members -1 to -3 are curve and coordinates, or modulus and exponent (RFC 9053 §7, RFC 8230 §4). */
    private static boolean isSameKey(JsonNode one, JsonNode other) {
        List<String> members = other.path("1").asInt() == EC2 ? List.of("-1", "-2", "-3") : List.of("-1", "-2");
        return members.stream().allMatch(member -> number(one.path(member)).equals(number(other.path(member))));
    }

    /** Coordinates, moduli and exponents are numbers, however long they are written. */
    private static Object number(JsonNode member) {
        return member.isBinary() ? new BigInteger(1, binary(member)) : member;
    }

    private void clientData(Bytes json, String type) {
        try {
            String text = new String(json.toByteArray(), StandardCharsets.UTF_8);
            // The Encoding Standard's UTF-8 decode, which §7.1 and §7.2 name, takes a byte order mark away.
            JsonNode clientData = JSON.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
            require(clientData.path("type").asText().equals(type), "with another type");
            require(clientData.path("origin").asText().equals(site.origin()), "from another origin");
            require(
                    Bytes.ofBase64Url(clientData.path("challenge").asText())
                            .equals(site.challenge().value()),
                    "with another challenge");
            require(!clientData.path("crossOrigin").booleanValue() && !clientData.has("topOrigin"), "while embedded");
        } catch (IOException notJson) {
            throw new AssertionError("accepted with client data that are not JSON", notJson);
        }
    }

    private void head(byte[] authenticatorData, int furtherFlags) {
        require(
                Arrays.equals(authenticatorData, 0, RP_ID_HASH, site.rpIdHash(), 0, RP_ID_HASH),
                "for another relying party");
        int flags = authenticatorData[RP_ID_HASH];
        int wanted = USER_PRESENT | furtherFlags | (site.verifiesUsers() ? USER_VERIFIED : 0);
        require((flags & wanted) == wanted, "without a flag that it needs");
        require((flags & (BACKED_UP | BACKUP_ELIGIBLE)) != BACKED_UP, "backed up, though that is impossible");
    }

    private static JsonNode cbor(byte[] encoded) {
        try {
            return CBOR.readTree(encoded);
        } catch (IOException notCbor) {
            throw new AssertionError("accepted with something that is not CBOR", notCbor);
        }
    }

    private static byte[] binary(JsonNode node) {
        try {
            // Jackson would read base64 text as bytes too.
            require(node.isBinary(), "with something else where bytes belong");
            return node.binaryValue();
        } catch (IOException notBytes) {
            throw new UncheckedIOException("bytes that cannot be read", notBytes);
        }
    }

    private static void require(boolean holds, String accepted) {
        if (!holds) {
            throw new AssertionError("accepted " + accepted);
        }
    }
}
