package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What the browser is asked when somebody signs in (§5.5).
 *
 * @param challenge to be remembered until the answer comes
 * @param allowCredentials the passkeys of a user who is known; empty asks for any discoverable one
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
