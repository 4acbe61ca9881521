package io.github.keycloakpasskey.documents;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What {@code docs/how-passkeys-work.md} shows of the recorded ceremony, in Markdown. */
final class HowPasskeysWorkParts {

    private static final Map<String, String> ATTESTATION_OBJECT = Map.of(
            "\"fmt\"", "the format: nobody vouches",
            "\"attStmt\"", "the statement of that format: nothing",
            "\"authData\"", "the authenticator data");

    private static final Map<String, String> COSE_KEY = Map.of(
            "1", "kind of key: elliptic curve with x and y",
            "3", "algorithm: ES256, which is ECDSA with SHA-256",
            "-1", "curve: P-256",
            "-2", "x",
            "-3", "y");

    private final Recording recording;
    private final AuthenticatorDataTable created;
    private final AuthenticatorDataTable used;
    private final CborTable key;

    HowPasskeysWorkParts(Recording recording) {
        this.recording = recording;
        this.created = new AuthenticatorDataTable(recording.registration().authenticatorData(), recording.rpId());
        this.used = new AuthenticatorDataTable(recording.signIn().authenticatorData(), recording.rpId());
        this.key = new CborTable(created.publicKey());
    }

    /** All of them by the names that they have in the document. */
    Map<String, String> byName() throws GeneralSecurityException {
        Exchange registration = recording.registration();
        Exchange signIn = recording.signIn();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("creation-options", json(registration.options()));
        parts.put("creation-answer", json(registration.posted()));
        parts.put("creation-client-data", clientData(registration));
        parts.put("attestation-object", new CborTable(attestationObject()).markdown(ATTESTATION_OBJECT));
        parts.put("creation-authenticator-data", created.markdown());
        parts.put("flags", AuthenticatorFlag.table(created.flags(), used.flags()));
        parts.put("public-key", key.markdown(COSE_KEY));
        parts.put("stored", json(registration.record()) + "\n\n" + ids());
        parts.put("request-options", json(signIn.options()));
        parts.put("sign-in-answer", json(signIn.posted()));
        parts.put("sign-in-client-data", clientData(signIn));
        parts.put("signature-base", used.markdownBefore(signIn.clientDataJson().sha256()));
        parts.put("signature", new SignatureTable(signature()).markdown());
        parts.put("openssl", openssl());
        parts.put("changes", new ChangedSignIns(recording).markdown());
        return parts;
    }

    AuthenticatorDataTable created() {
        return created;
    }

    AuthenticatorDataTable used() {
        return used;
    }

    Bytes attestationObject() {
        return recording.registration().posted("/response/attestationObject");
    }

    PublicKeyFile publicKey() throws GeneralSecurityException {
        return new PublicKeyFile(key);
    }

    Bytes signature() {
        return recording.signIn().posted("/response/signature");
    }

    /** What the authenticator signed (§6.3.3). */
    Bytes signatureBase() {
        return recording
                .signIn()
                .authenticatorData()
                .concat(recording.signIn().clientDataJson().sha256());
    }

    /** What the row's id is made of. */
    private Bytes rowIdInput() {
        String realm = recording.registration().stored().path("realm").asText();
        return Bytes.of((realm + "\0").getBytes(StandardCharsets.UTF_8)).concat(created.credentialId());
    }

    UUID derivedRowId() {
        ByteBuffer digest = ByteBuffer.wrap(rowIdInput().sha256().toByteArray());
        return new UUID(digest.getLong(), digest.getLong());
    }

    private String ids() {
        return fenced("text", """
                user handle     %s, the user's id as text
                realm id        %s
                credential id   %s
                SHA-256         %s
                row id          %s""".formatted(
                        userHandle(),
                        recording.registration().stored().path("realm").asText(),
                        hex(created.credentialId()),
                        hex(rowIdInput().sha256()),
                        derivedRowId()));
    }

    String userHandle() {
        return text(Exchange.bytes(recording.registration().record(), "/userHandle"));
    }

    private static String clientData(Exchange exchange) {
        return fenced("json", text(exchange.clientDataJson()));
    }

    private String openssl() throws GeneralSecurityException {
        return fenced("sh", """
                cat > passkey.pem <<'END'
                %s
                END
                printf %%s '%s' \\
                  | openssl dgst -sha256 -binary > client-data-hash
                printf %%s %s \\
                  | xxd -r -p | cat - client-data-hash > signed
                printf %%s %s \\
                  | xxd -r -p > signature
                openssl dgst -sha256 -verify passkey.pem -signature signature signed""".formatted(
                        publicKey().pem(),
                        text(recording.signIn().clientDataJson()),
                        hex(recording.signIn().authenticatorData()),
                        hex(signature())));
    }

    /** The members of the record that the sign-in changed, as a sentence has them. */
    String changedMembers() {
        JsonNode before = recording.registration().record();
        List<String> changed = recording.signIn().record().properties().stream()
                .filter(member -> !member.getValue().equals(before.path(member.getKey())))
                .map(member -> "`" + member.getKey() + "`")
                .toList();
        int last = changed.size() - 1;
        return String.join(", ", changed.subList(0, last)) + " and " + changed.get(last);
    }

    private static String json(JsonNode node) {
        return fenced("json", PrettyJson.cut(node));
    }

    private static String fenced(String language, String text) {
        return "```" + language + "\n" + text + "\n```";
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }
}
