package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.keycloak.credential.CredentialMetadata;

/** The fallback for Keycloak 26.4 to 26.6, which the tests are compiled against. */
class KnownAuthenticatorTest {

    private static final String DASHLANE = "531126d6-e717-415c-9320-3d9aa6981239";

    @Test
    void aKnownModelHasANameAndNoIcons() {
        assertThat(KnownAuthenticator.find(UUID.fromString(DASHLANE)))
                .contains(new KnownAuthenticator("Dashlane", Optional.empty(), Optional.empty()));
    }

    @Test
    void anUnknownModelIsNotFound() {
        assertThat(KnownAuthenticator.find(UUID.fromString("00000000-0000-0000-0000-000000000001")))
                .isEmpty();
    }

    @Test
    void withoutIconsTheAccountConsoleIsGivenNone() {
        CredentialMetadata metadata = new CredentialMetadata();

        new KnownAuthenticator("Model", Optional.of("data:light"), Optional.of("data:dark")).showIconsOf(metadata);

        assertThat(metadata).usingRecursiveComparison().isEqualTo(new CredentialMetadata());
    }
}
