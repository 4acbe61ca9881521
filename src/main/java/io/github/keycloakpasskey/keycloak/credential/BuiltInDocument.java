package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.attestation.Aaguid;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.credential.dto.WebAuthnCredentialData;
import org.keycloak.util.JsonSerialization;

/**
 * The JSON document in {@code CredentialModel.credentialData} of Keycloak's built-in types. It says less than a
 * {@link PasskeyRecord}: nothing of backup, of user verification and of the last use.
 */
final class BuiltInDocument {

    private BuiltInDocument() {}

    /**
     * Reads a document.
     *
     * @param type the type of its row
     * @param userId the id of the owner. Keycloak gave it to the authenticator as the user handle
     * @throws IllegalArgumentException if it is no document of a built-in credential
     */
    static PasskeyRecord read(String json, PasskeyType type, String userId) {
        WebAuthnCredentialData data = data(json);
        CredentialRecord credential = CredentialRecord.builder(
                        // Keycloak encodes both, and in two ways.
                        Bytes.of(Base64.getMimeDecoder().decode(required(data.getCredentialId()))),
                        Bytes.ofBase64Url(required(data.getCredentialPublicKey())))
                .signCount(data.getCounter())
                .transports(
                        data.getTransports().stream().filter(Objects::nonNull).toList())
                .aaguid(Optional.ofNullable(data.getAaguid()).flatMap(Aaguid::parse))
                .build();
        return PasskeyRecord.ofBuiltIn(
                credential, Optional.ofNullable(data.getAttestationStatementFormat()), userHandle(userId), type);
    }

    /** The user handle that Keycloak's built-in pages give to an authenticator. */
    static Bytes userHandle(String userId) {
        return Bytes.of(userId.getBytes(StandardCharsets.UTF_8));
    }

    /** The same document with another signature counter. */
    static String withSignCount(String json, long signCount) {
        WebAuthnCredentialData data = data(json);
        data.setCounter(signCount);
        return write(data);
    }

    /** The document for a passkey of this extension. */
    static String of(PasskeyRecord record) {
        CredentialRecord credential = record.credential();
        return write(new WebAuthnCredentialData(
                credential.aaguid().orElse(Aaguid.NONE).toString(),
                Base64.getEncoder().encodeToString(credential.id().toByteArray()),
                credential.signCount(),
                null,
                credential.publicKeyCose().toBase64Url(),
                record.attestationFormat(),
                new LinkedHashSet<>(credential.transports())));
    }

    private static WebAuthnCredentialData data(String json) {
        try {
            WebAuthnCredentialData data =
                    json == null ? null : JsonSerialization.readValue(json, WebAuthnCredentialData.class);
            if (data == null) {
                throw new IllegalArgumentException("no document");
            }
            return data;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("not the JSON of a built-in credential", unreadable);
        }
    }

    private static String write(WebAuthnCredentialData data) {
        try {
            return JsonSerialization.writeValueAsString(data);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String required(String text) {
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException("a built-in credential has an id and a key");
        }
        return text;
    }
}
