package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.Optional;

/**
 * The browser's answer to {@link AuthenticationOptions}. Nothing in it has been verified.
 *
 * @param credentialId which passkey is said to have signed
 * @param clientDataJson what the browser signed up to (§5.8.1)
 * @param authenticatorData what the authenticator says of the ceremony (§6.1)
 * @param signature over the authenticator data and the hash of the client data
 * @param userHandle whose passkey it is; a discoverable one always says so
 * @param attachment which kind of authenticator the browser says that it used (§5.1)
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
     * ignored.
     */
    public static Verdict<AuthenticationResponse, FailureReason> parse(String json) {
        try {
            ObjectNode credential = PostedJson.credential(json);
            JsonNode response = PostedJson.response(credential);
            return Verdict.accepted(new AuthenticationResponse(
                    PostedJson.bytes(credential, "rawId"),
                    PostedJson.bytes(response, "clientDataJSON"),
                    PostedJson.bytes(response, "authenticatorData"),
                    PostedJson.bytes(response, "signature"),
                    PostedJson.optionalBytes(response, "userHandle"),
                    AuthenticatorAttachment.ofJson(
                            credential.path("authenticatorAttachment").asText())));
        } catch (CeremonyException refusal) {
            return Verdict.refused(refusal.reason());
        }
    }
}
