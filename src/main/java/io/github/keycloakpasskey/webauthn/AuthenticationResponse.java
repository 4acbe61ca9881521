package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Optional;

/**
 * The browser's answer to {@link AuthenticationOptions}. Nothing in it has been verified.
 *
 * @param credentialId the id of the passkey that claims to have signed
 * @param clientDataJson the client data, as the browser serialized them (§5.8.1)
 * @param authenticatorData the encoded authenticator data (§6.1)
 * @param signature the signature of the authenticator data and the hash of the client data
 * @param userHandle the user handle of the passkey's owner; discoverable passkeys always send it
 * @param attachment the attachment that the browser reports (§5.1)
 */
public record AuthenticationResponse(
        Bytes credentialId,
        Bytes clientDataJson,
        Bytes authenticatorData,
        Bytes signature,
        Optional<Bytes> userHandle,
        Optional<AuthenticatorAttachment> attachment) {

    /**
     * Reads an {@code AuthenticationResponseJSON} (§5.1.7). Members that WebAuthn does not name are
     * ignored. An empty user handle counts as none (§5.4.3), because some browsers send one for passkeys that have
     * none.
     */
    public static Verdict<AuthenticationResponse, FailureReason> parse(String json) {
        try {
            ObjectNode credential = PostedJson.credential(json);
            JsonNode response = PostedJson.response(credential);
            return Verdict.accepted(AuthenticationResponse.builder(PostedJson.bytes(credential, "rawId"))
                    .clientDataJson(PostedJson.bytes(response, "clientDataJSON"))
                    .authenticatorData(PostedJson.bytes(response, "authenticatorData"))
                    .signature(PostedJson.bytes(response, "signature"))
                    .userHandle(PostedJson.optionalBytes(response, "userHandle").filter(handle -> handle.size() > 0))
                    .attachment(AuthenticatorAttachment.ofJson(
                            credential.path("authenticatorAttachment").asText()))
                    .build());
        } catch (CeremonyException refusal) {
            return Verdict.refused(refusal.reason());
        }
    }

    /** An answer that names this passkey. */
    public static Builder builder(Bytes credentialId) {
        return new Builder(credentialId);
    }

    /** A builder with the members of this value. */
    public Builder toBuilder() {
        return new Builder(credentialId)
                .clientDataJson(clientDataJson)
                .authenticatorData(authenticatorData)
                .signature(signature)
                .userHandle(userHandle)
                .attachment(attachment);
    }

    /**
     * Collects the members of an answer. Members that are not set are empty, and an answer without signed bytes is
     * refused.
     */
    public static final class Builder {

        private final Bytes credentialId;
        private Bytes clientDataJson = Bytes.of(new byte[0]);
        private Bytes authenticatorData = Bytes.of(new byte[0]);
        private Bytes signature = Bytes.of(new byte[0]);
        private Optional<Bytes> userHandle = Optional.empty();
        private Optional<AuthenticatorAttachment> attachment = Optional.empty();

        private Builder(Bytes credentialId) {
            this.credentialId = credentialId;
        }

        public Builder clientDataJson(Bytes value) {
            clientDataJson = value;
            return this;
        }

        public Builder authenticatorData(Bytes value) {
            authenticatorData = value;
            return this;
        }

        public Builder signature(Bytes value) {
            signature = value;
            return this;
        }

        public Builder userHandle(Optional<Bytes> value) {
            userHandle = value;
            return this;
        }

        public Builder attachment(Optional<AuthenticatorAttachment> value) {
            attachment = value;
            return this;
        }

        public AuthenticationResponse build() {
            return new AuthenticationResponse(
                    credentialId, clientDataJson, authenticatorData, signature, userHandle, attachment);
        }
    }
}
