package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.List;

/**
 * Names one passkey to the browser (§5.8.3).
 *
 * @param id the credential id
 * @param transports how the browser can reach its authenticator, e.g. {@code usb}; may be empty
 */
public record CredentialDescriptor(Bytes id, List<String> transports) {

    public CredentialDescriptor {
        transports = List.copyOf(transports);
    }
}
