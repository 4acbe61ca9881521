package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One answer of the {@link SoftwareAuthenticator}, correct unless a test changes a part of it. Whatever is changed
 * here is changed before the bytes are signed; {@code signature} and {@code response} change what was signed.
 *
 * @param <C> the concrete ceremony
 */
public abstract class Ceremony<C extends Ceremony<C>> {

    static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode options;
    private final Set<Flag> flags = EnumSet.of(Flag.USER_PRESENT, Flag.USER_VERIFIED);
    private final ObjectNode clientData = JSON.createObjectNode();
    private final Map<Object, Object> extensions = new LinkedHashMap<>();
    private UnaryOperator<byte[]> clientDataChange = UnaryOperator.identity();
    private UnaryOperator<byte[]> authenticatorDataChange = UnaryOperator.identity();
    private UnaryOperator<byte[]> signatureChange = UnaryOperator.identity();
    private UnaryOperator<ObjectNode> responseChange = UnaryOperator.identity();
    private String rpId;
    private Long signCount;

    Ceremony(String optionsJson, String type, String origin) {
        options = parse(optionsJson);
        clientData.put("type", type);
        clientData.put("challenge", options.path("challenge").asText());
        clientData.put("origin", origin);
        clientData.put("crossOrigin", false);
        JsonNode named =
                options.has("rpId") ? options.path("rpId") : options.path("rp").path("id");
        rpId = named.isTextual() ? named.asText() : URI.create(origin).getHost();
    }

    abstract C self();

    /** The answer as the page posts it. */
    public abstract String json();

    public C type(String type) {
        clientData.put("type", type);
        return self();
    }

    /** The challenge in base64url. */
    public C challenge(String challenge) {
        clientData.put("challenge", challenge);
        return self();
    }

    public C origin(String origin) {
        clientData.put("origin", origin);
        return self();
    }

    public C crossOrigin(boolean crossOrigin) {
        clientData.put("crossOrigin", crossOrigin);
        return self();
    }

    public C topOrigin(String topOrigin) {
        clientData.put("topOrigin", topOrigin);
        return self();
    }

    /** Another member of the client data, or one of any type. */
    public C clientDataMember(String name, JsonNode value) {
        clientData.set(name, value);
        return self();
    }

    /** The relying party whose hash the authenticator signs. */
    public C rpId(String rpId) {
        this.rpId = rpId;
        return self();
    }

    public C set(Flag... changed) {
        flags.addAll(Set.of(changed));
        return self();
    }

    public C clear(Flag... changed) {
        flags.removeAll(Set.of(changed));
        return self();
    }

    public C signCount(long count) {
        signCount = count;
        return self();
    }

    /** Adds an output of an authenticator extension and sets the flag that announces it. */
    public C extension(String name, Object value) {
        extensions.put(name, value);
        flags.add(Flag.EXTENSION_DATA);
        return self();
    }

    /** Changes the client data before its hash is signed. */
    public C clientData(UnaryOperator<byte[]> change) {
        clientDataChange = change;
        return self();
    }

    /** Changes the authenticator data before it is signed. */
    public C authenticatorData(UnaryOperator<byte[]> change) {
        authenticatorDataChange = change;
        return self();
    }

    /** Changes the signature that was made. */
    public C signature(UnaryOperator<byte[]> change) {
        signatureChange = change;
        return self();
    }

    /** Changes the JSON that is posted. */
    public C response(UnaryOperator<ObjectNode> change) {
        UnaryOperator<ObjectNode> before = responseChange;
        responseChange = node -> change.apply(before.apply(node));
        return self();
    }

    JsonNode options() {
        return options;
    }

    String rpId() {
        return rpId;
    }

    boolean has(Flag flag) {
        return flags.contains(flag);
    }

    long signCountOr(long otherwise) {
        return signCount == null ? otherwise : signCount;
    }

    byte[] clientDataBytes() {
        return clientDataChange.apply(clientData.toString().getBytes(StandardCharsets.UTF_8));
    }

    byte[] authenticatorDataBytes(long counter, byte[] attestedCredentialData) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(sha256(rpId.getBytes(StandardCharsets.UTF_8)));
        out.write(flags.stream().mapToInt(Flag::bit).sum());
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) counter).array());
        out.writeBytes(attestedCredentialData);
        if (!extensions.isEmpty()) {
            out.writeBytes(Cbor.encode(extensions));
        }
        return authenticatorDataChange.apply(out.toByteArray());
    }

    byte[] signatureBytes(SoftwarePasskey passkey, byte[] authenticatorData, byte[] clientDataJson) {
        byte[] message = concat(authenticatorData, sha256(clientDataJson));
        return signatureChange.apply(passkey.algorithm().sign(passkey.keyPair().getPrivate(), message));
    }

    String post(ObjectNode response) {
        return responseChange.apply(response).toString();
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not the JSON of WebAuthn options: " + json, e);
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] bytes(JsonNode base64Url) {
        return Base64.getUrlDecoder().decode(base64Url.asText());
    }
}
