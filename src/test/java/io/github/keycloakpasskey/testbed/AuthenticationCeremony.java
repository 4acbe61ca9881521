package io.github.keycloakpasskey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The answer to {@code navigator.credentials.get()}. */
public final class AuthenticationCeremony extends Ceremony<AuthenticationCeremony> {

    private final SoftwareAuthenticator authenticator;
    private SoftwarePasskey passkey;
    private Optional<byte[]> credentialId = Optional.empty();
    private Optional<byte[]> userHandle = Optional.empty();
    private boolean userHandleLeftOut;

    AuthenticationCeremony(SoftwareAuthenticator authenticator, String optionsJson, String origin) {
        super(optionsJson, "webauthn.get", origin);
        this.authenticator = authenticator;
    }

    @Override
    AuthenticationCeremony self() {
        return this;
    }

    /** Signs with this passkey, whether or not the options allow it. */
    public AuthenticationCeremony with(SoftwarePasskey chosen) {
        passkey = chosen;
        return this;
    }

    /** Claims this credential id. */
    public AuthenticationCeremony credentialId(byte[] claimed) {
        credentialId = Optional.of(claimed.clone());
        return this;
    }

    /** Claims this user handle. */
    public AuthenticationCeremony userHandle(byte[] claimed) {
        userHandle = Optional.of(claimed.clone());
        return this;
    }

    public AuthenticationCeremony withoutUserHandle() {
        userHandleLeftOut = true;
        return this;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException where a browser would find no passkey to use
     */
    @Override
    public String json() {
        SoftwarePasskey used = passkey == null ? suitable() : passkey;
        if (used.backupEligible()) {
            set(Flag.BACKUP_ELIGIBLE);
        }
        if (used.backedUp()) {
            set(Flag.BACKED_UP);
        }
        long counter = signCountOr(used.signCount() + 1);
        used.signCount(counter);
        byte[] clientDataJson = clientDataBytes();
        byte[] authenticatorData = authenticatorDataBytes(counter, new byte[0]);
        String id = base64Url(credentialId.orElseGet(used::credentialId));

        ObjectNode json = JSON.createObjectNode();
        json.put("id", id);
        json.put("rawId", id);
        json.put("type", "public-key");
        json.put("authenticatorAttachment", "platform");
        ObjectNode response = json.putObject("response");
        response.put("clientDataJSON", base64Url(clientDataJson));
        response.put("authenticatorData", base64Url(authenticatorData));
        response.put("signature", base64Url(signatureBytes(used, authenticatorData, clientDataJson)));
        if (!userHandleLeftOut) {
            response.put("userHandle", base64Url(userHandle.orElseGet(used::userHandle)));
        }
        json.putObject("clientExtensionResults");
        return post(json);
    }

    private SoftwarePasskey suitable() {
        JsonNode allowed = options().path("allowCredentials");
        return authenticator.passkeys().stream()
                .filter(candidate -> candidate.rpId().equals(rpId()))
                .filter(candidate -> allowed.isEmpty() ? candidate.discoverable() : isAllowed(candidate, allowed))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("NotAllowedError: no passkey for " + options()));
    }

    private static boolean isAllowed(SoftwarePasskey candidate, JsonNode allowed) {
        for (JsonNode descriptor : allowed) {
            if (descriptor.path("id").asText().equals(candidate.id())) {
                return true;
            }
        }
        return false;
    }
}
