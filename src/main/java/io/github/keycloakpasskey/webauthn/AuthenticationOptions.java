package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The options for a sign-in (§5.5).
 *
 * @param challenge the caller keeps it until the answer arrives
 * @param allowCredentials the passkeys of a known user; if empty, any discoverable passkey
 */
public record AuthenticationOptions(
        RelyingPartyPolicy policy, Challenge challenge, List<CredentialDescriptor> allowCredentials) {

    public AuthenticationOptions {
        allowCredentials = List.copyOf(allowCredentials);
    }

    /** A {@code PublicKeyCredentialRequestOptionsJSON} (§5.1.9). */
    public String toJson() {
        ObjectNode json = OptionsJson.object();
        json.put("challenge", challenge.value().toBase64Url());
        policy.timeout().ifPresent(timeout -> json.put("timeout", timeout.toMillis()));
        json.put("rpId", policy.rpId());
        json.set("allowCredentials", OptionsJson.credentials(allowCredentials));
        json.put("userVerification", policy.userVerification().json());
        OptionsJson.putHints(json, policy.hints());
        return json.toString();
    }
}
