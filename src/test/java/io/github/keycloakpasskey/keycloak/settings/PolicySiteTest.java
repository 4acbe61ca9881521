package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.webauthn.RelyingPartyId;
import io.github.keycloakpasskey.webauthn.WebOrigin;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.WebAuthnPolicy;

class PolicySiteTest {

    private static final RelyingPartyId OF_ADDRESS =
            RelyingPartyId.of(WebOrigin.parse("https://login.example.org").orElseThrow());

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "not specified"})
    void withoutAnIdItIsThatOfTheAddress(String text) {
        PolicySite site = site(text);

        assertThat(site.rpId(OF_ADDRESS)).contains(OF_ADDRESS);
        assertThat(site.problems()).isEmpty();
        assertThat(site.respelt()).isEmpty();
    }

    @Test
    void theIdIsReadAsBrowsersWriteIt() {
        PolicySite site = site(" Example.com ");

        assertThat(site.rpId(OF_ADDRESS)).map(RelyingPartyId::toString).contains("example.com");
        assertThat(site.problems()).isEmpty();
        assertThat(site.respelt()).containsEntry("Relying party ID", "“Example.com” is read as “example.com”");
    }

    /** The address is no substitute: passkeys that are created for it would be lost when the ID is corrected. */
    @ParameterizedTest
    @ValueSource(strings = {"https://example.com", "*.example.com", "example.com:443"})
    void anIdThatCanBeNoneLeavesNone(String text) {
        PolicySite site = site(text);

        assertThat(site.rpId(OF_ADDRESS)).isEmpty();
        assertThat(site.problems())
                .containsEntry(
                        "Relying party ID",
                        "“" + text
                                + "” is no relying party ID; one looks like example.com, without scheme, port or wildcard");
    }

    @Test
    void invalidExtraOriginsAreOneProblem() {
        PolicySite site = site("example.com", "*", "https://Shop.example.com/", "shop.example.com");

        assertThat(site.extraOrigins()).containsExactly("https://shop.example.com");
        assertThat(site.problems())
                .containsEntry(
                        "Extra Origins",
                        "“*” is no origin; one looks like https://shop.example.com, with nothing after it (and 1 more)");
        assertThat(site.respelt()).containsOnlyKeys("Extra Origins");
    }

    private static PolicySite site(String rpId, String... extraOrigins) {
        WebAuthnPolicy policy = new WebAuthnPolicy();
        policy.setRpId(rpId);
        policy.setExtraOrigins(List.of(extraOrigins));
        return PolicySite.of(policy);
    }
}
