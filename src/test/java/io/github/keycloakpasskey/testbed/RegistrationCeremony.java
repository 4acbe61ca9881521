package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The answer to {@code navigator.credentials.create()}. */
public final class RegistrationCeremony extends Ceremony<RegistrationCeremony> {

    /** How the authenticator vouches for the new key. */
    public enum Attestation {
        NONE,
        PACKED_SELF,
        PACKED_SELF_WRONG_SIGNATURE
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SoftwareAuthenticator authenticator;
    private Algorithm algorithm;
    private Attestation attestation = Attestation.NONE;
    private Attestator attestator;
    private UnaryOperator<byte[]> attestationObjectChange = UnaryOperator.identity();
    private byte[] credentialId = new byte[32];
    private UUID aaguid;
    private List<String> transports = List.of("internal", "hybrid");
    private boolean discoverable = true;
    private boolean credProps = true;
    private boolean excludesIgnored;
    private byte[] trailing = {};
    private UnaryOperator<byte[]> keyChange = UnaryOperator.identity();
    private KeyPair keyPair;

    RegistrationCeremony(SoftwareAuthenticator authenticator, UUID aaguid, String optionsJson, String origin) {
        super(optionsJson, "webauthn.create", origin);
        this.authenticator = authenticator;
        this.aaguid = aaguid;
        this.algorithm = offered();
        RANDOM.nextBytes(credentialId);
        set(Flag.ATTESTED_DATA);
    }

    @Override
    RegistrationCeremony self() {
        return this;
    }

    public RegistrationCeremony algorithm(Algorithm chosen) {
        algorithm = chosen;
        return this;
    }

    public RegistrationCeremony attestation(Attestation chosen) {
        attestation = chosen;
        return this;
    }

    /** Lets somebody vouch for the new key in a format of their own. */
    public RegistrationCeremony attestation(Attestator chosen) {
        attestator = chosen;
        return this;
    }

    /** Changes the attestation object when it is made. */
    public RegistrationCeremony attestationObject(UnaryOperator<byte[]> change) {
        attestationObjectChange = change;
        return this;
    }

    public RegistrationCeremony credentialId(byte[] chosen) {
        credentialId = chosen.clone();
        return this;
    }

    public RegistrationCeremony aaguid(UUID chosen) {
        aaguid = chosen;
        return this;
    }

    public RegistrationCeremony transports(String... chosen) {
        transports = List.of(chosen);
        return this;
    }

    /** A key that works only for users who are already known. */
    public RegistrationCeremony notDiscoverable() {
        discoverable = false;
        return this;
    }

    /** The browser does not say whether the key is discoverable. */
    public RegistrationCeremony withoutCredProps() {
        credProps = false;
        return this;
    }

    /** Makes a second key where an honest authenticator would answer that it has one. */
    public RegistrationCeremony ignoringExcludes() {
        excludesIgnored = true;
        return this;
    }

    /** Changes the COSE key that is registered; the private key stays. */
    public RegistrationCeremony coseKey(UnaryOperator<byte[]> change) {
        keyChange = change;
        return this;
    }

    /** Registers this key pair instead of a new one. */
    public RegistrationCeremony keyPair(KeyPair chosen) {
        keyPair = chosen;
        return this;
    }

    /** Bytes after the attestation object. */
    public RegistrationCeremony trailing(byte... bytes) {
        trailing = bytes.clone();
        return this;
    }

    /** Whether the options name a passkey that this authenticator holds. */
    public boolean excluded() {
        for (JsonNode excluded : options().path("excludeCredentials")) {
            if (authenticator.holds(bytes(excluded.path("id")))) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException where a browser would reject with InvalidStateError
     */
    @Override
    public String json() {
        if (!excludesIgnored && excluded()) {
            throw new IllegalStateException("InvalidStateError: the options exclude a passkey of this authenticator");
        }
        SoftwarePasskey passkey = new SoftwarePasskey(
                algorithm,
                keyPair == null ? algorithm.newKeyPair() : keyPair,
                credentialId,
                bytes(options().path("user").path("id")),
                rpId(),
                discoverable,
                has(Flag.BACKUP_ELIGIBLE),
                has(Flag.BACKED_UP),
                signCountOr(0));
        authenticator.keep(passkey);

        byte[] clientDataJson = clientDataBytes();
        byte[] attested = has(Flag.ATTESTED_DATA) ? attestedCredentialData(passkey) : new byte[0];
        byte[] authenticatorData = authenticatorDataBytes(passkey.signCount(), attested);
        byte[] attestationObject = concat(attestationObject(passkey, authenticatorData, clientDataJson), trailing);

        ObjectNode json = JSON.createObjectNode();
        json.put("id", passkey.id());
        json.put("rawId", passkey.id());
        json.put("type", "public-key");
        json.put("authenticatorAttachment", "platform");
        ObjectNode response = json.putObject("response");
        response.put("clientDataJSON", base64Url(clientDataJson));
        response.put("attestationObject", base64Url(attestationObject));
        response.put("authenticatorData", base64Url(authenticatorData));
        response.put("publicKeyAlgorithm", algorithm.cose());
        response.put("publicKey", base64Url(passkey.keyPair().getPublic().getEncoded()));
        ArrayNode transportsJson = response.putArray("transports");
        transports.forEach(transportsJson::add);
        ObjectNode extensions = json.putObject("clientExtensionResults");
        if (credProps) {
            extensions.putObject("credProps").put("rk", discoverable);
        }
        return post(json);
    }

    private byte[] attestationObject(SoftwarePasskey passkey, byte[] authenticatorData, byte[] clientDataJson) {
        if (attestator != null) {
            Map<Object, Object> certified = attestator.statement(
                    new AttestationRequest(passkey, aaguid, authenticatorData, sha256(clientDataJson)));
            return attestationObject(attestator.format(), certified, authenticatorData);
        }
        Map<Object, Object> statement = new LinkedHashMap<>();
        if (attestation != Attestation.NONE) {
            byte[] signature = signatureBytes(passkey, authenticatorData, clientDataJson);
            if (attestation == Attestation.PACKED_SELF_WRONG_SIGNATURE) {
                byte[] otherClientData = concat(clientDataJson, new byte[] {' '});
                signature = signatureBytes(passkey, authenticatorData, otherClientData);
            }
            statement.put("alg", algorithm.cose());
            statement.put("sig", signature);
        }
        String format = attestation == Attestation.NONE ? "none" : "packed";
        return attestationObject(format, statement, authenticatorData);
    }

    private byte[] attestationObject(String format, Map<Object, Object> statement, byte[] authenticatorData) {
        Map<Object, Object> object = new LinkedHashMap<>();
        object.put("fmt", format);
        object.put("attStmt", statement);
        object.put("authData", authenticatorData);
        return attestationObjectChange.apply(Cbor.encode(object));
    }

    private byte[] attestedCredentialData(SoftwarePasskey passkey) {
        byte[] id = passkey.credentialId();
        byte[] key =
                keyChange.apply(Cbor.encode(algorithm.coseKey(passkey.keyPair().getPublic())));
        return ByteBuffer.allocate(16 + 2 + id.length + key.length)
                .putLong(aaguid.getMostSignificantBits())
                .putLong(aaguid.getLeastSignificantBits())
                .putShort((short) id.length)
                .put(id)
                .put(key)
                .array();
    }

    private Algorithm offered() {
        for (JsonNode parameter : options().path("pubKeyCredParams")) {
            int cose = parameter.path("alg").asInt();
            for (Algorithm known : Algorithm.values()) {
                if (known.cose() == cose) {
                    return known;
                }
            }
        }
        throw new IllegalArgumentException(
                "None of " + Arrays.toString(Algorithm.values()) + " is offered by " + options());
    }
}
