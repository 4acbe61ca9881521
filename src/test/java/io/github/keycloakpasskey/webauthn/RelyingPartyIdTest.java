package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelyingPartyIdTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "Example.COM, example.com",
        "localhost, localhost",
        "key_cloak.example.com, key_cloak.example.com",
        "bücher.example, xn--bcher-kva.example",
        "4.example.com, 4.example.com",
    })
    void anIdIsADomainInLowerCaseAndAscii(String text, String id) {
        assertThat(RelyingPartyId.parse(text)).map(RelyingPartyId::toString).contains(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "https://example.com",
                "*.example.com",
                "example.com:443",
                "example.com/",
                "example.com.",
                ".example.com",
                "example..com",
                "me@example.com",
                "example com",
                "straße.example",
                "192.168.1.10",
                "0x7f000001",
                "127.1",
                "::1",
                "[::1]"
            })
    void aTextThatNoBrowserTakesForAnIdIsRefused(String text) {
        assertThat(RelyingPartyId.parse(text)).isEmpty();
    }

    @Test
    void withoutAnotherIdItIsTheHostOfThePages() {
        WebOrigin origin = WebOrigin.parse("https://Key_Cloak.example.com:8443").orElseThrow();

        assertThat(RelyingPartyId.of(origin)).hasToString("key_cloak.example.com");
    }

    /** Labels of one letter are the deepest that a name can have. */
    @ParameterizedTest
    @ValueSource(ints = {127, 1_600, 100_000})
    void aNameOfManyLabelsIsRefusedAtOnce(int labels) {
        assertThat(RelyingPartyId.parse("a.".repeat(labels) + "a")).isEmpty();
    }

    @Test
    void theLongestNameIsAccepted() {
        assertThat(RelyingPartyId.parse("a.".repeat(126) + "a")).isPresent();
    }
}
