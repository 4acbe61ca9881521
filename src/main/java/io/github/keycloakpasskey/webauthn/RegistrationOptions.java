package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The options to create a passkey (§5.4).
 *
 * @param challenge the caller keeps it until the answer arrives
 * @param user the user of the new passkey
 * @param excludeCredentials the user's existing passkeys, so that no authenticator creates a second one
 */
public record RegistrationOptions(
        RelyingPartyPolicy policy,
        Challenge challenge,
        UserEntity user,
        List<CredentialDescriptor> excludeCredentials) {

    public RegistrationOptions {
        excludeCredentials = List.copyOf(excludeCredentials);
    }

    /** A {@code PublicKeyCredentialCreationOptionsJSON} (§5.1.8). */
    public String toJson() {
        ObjectNode json = OptionsJson.object();
        json.putObject("rp").put("id", policy.rpId()).put("name", policy.rpName());
        json.putObject("user")
                .put("id", user.handle().toBase64Url())
                .put("name", user.name())
                .put("displayName", user.displayName());
        json.put("challenge", challenge.value().toBase64Url());
        ArrayNode parameters = json.putArray("pubKeyCredParams");
        policy.algorithms()
                .forEach(algorithm ->
                        parameters.addObject().put("type", "public-key").put("alg", algorithm.number()));
        policy.timeout().ifPresent(timeout -> json.put("timeout", timeout.toMillis()));
        json.set("excludeCredentials", OptionsJson.credentials(excludeCredentials));
        ObjectNode selection = json.putObject("authenticatorSelection");
        policy.authenticators()
                .attachment()
                .or(() -> Hint.attachment(policy.hints()))
                .ifPresent(attachment -> selection.put("authenticatorAttachment", attachment.json()));
        selection
                .put("residentKey", policy.residentKey().json())
                .put("requireResidentKey", policy.residentKey() == ResidentKey.REQUIRED)
                .put("userVerification", policy.userVerification().json());
        OptionsJson.putHints(json, policy.hints());
        json.put("attestation", policy.attestation().conveyance().json());
        json.putObject("extensions").put("credProps", true);
        return json.toString();
    }
}
