package io.github.keycloakpasskey.keycloak.credential;

import java.util.Optional;
import java.util.UUID;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorMetadata;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;

/** What Keycloak knows of authenticators by their AAGUID: names that people recognise, and icons. */
final class AuthenticatorModels {

    private static final WebAuthnMetadataService METADATA = new WebAuthnMetadataService();

    private AuthenticatorModels() {}

    static Optional<WebAuthnAuthenticatorMetadata> find(UUID aaguid) {
        return Optional.ofNullable(METADATA.getAuthenticatorMetadata(aaguid.toString()));
    }
}
