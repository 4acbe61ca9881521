package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The browser's answer to {@link RegistrationOptions}. Nothing in it has been verified.
 *
 * @param clientDataJson what the browser signed up to (§5.8.1)
 * @param attestationObject authenticator data and attestation statement (§6.5)
 * @param transports how the browser says that the authenticator can be reached
 * @param attachment which kind of authenticator the browser says that it used (§5.1)
 * @param discoverable the {@code rk} of the {@code credProps} extension (§10.1.3)
 */
public record RegistrationResponse(
        Bytes clientDataJson,
        Bytes attestationObject,
        List<String> transports,
        Optional<AuthenticatorAttachment> attachment,
        Optional<Boolean> discoverable) {

    private static final int MOST_TRANSPORTS = 16;

    /** As all are written that WebAuthn names (§5.8.4), and long enough for those to come. */
    private static final Pattern TRANSPORT = Pattern.compile("[a-z0-9-]{1,32}");

    public RegistrationResponse {
        transports = List.copyOf(transports);
    }

    /**
     * Reads a {@code RegistrationResponseJSON} (§5.1.8). Members that WebAuthn does not name are
     * ignored.
     */
    public static Verdict<RegistrationResponse, FailureReason> parse(String json) {
        try {
            ObjectNode credential = PostedJson.credential(json);
            JsonNode response = PostedJson.response(credential);
            return Verdict.accepted(new RegistrationResponse(
                    PostedJson.bytes(response, "clientDataJSON"),
                    PostedJson.bytes(response, "attestationObject"),
                    transports(response.path("transports")),
                    AuthenticatorAttachment.ofJson(
                            credential.path("authenticatorAttachment").asText()),
                    discoverable(credential.path("clientExtensionResults"))));
        } catch (CeremonyException refusal) {
            return Verdict.refused(refusal.reason());
        }
    }

    /** Transports are hints for the browser, so anything that is not one is left out instead of refused. */
    private static List<String> transports(JsonNode array) {
        List<String> transports = new ArrayList<>();
        if (!array.isArray()) {
            return transports;
        }
        for (JsonNode entry : array) {
            boolean usable = entry.isTextual()
                    && TRANSPORT.matcher(entry.textValue()).matches()
                    && !transports.contains(entry.textValue());
            if (usable && transports.size() < MOST_TRANSPORTS) {
                transports.add(entry.textValue());
            }
        }
        return transports;
    }

    private static Optional<Boolean> discoverable(JsonNode extensions) {
        JsonNode residentKey = extensions.path("credProps").path("rk");
        return residentKey.isBoolean() ? Optional.of(residentKey.booleanValue()) : Optional.empty();
    }
}
