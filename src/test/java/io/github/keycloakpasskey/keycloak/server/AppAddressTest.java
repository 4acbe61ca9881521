package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a user finds an app. */
class AppAddressTest {

    @Test
    void theBaseUrlComesFirst() {
        assertThat(AppAddress.of("https://shop.example.com/start", List.of("https://a.example.com/*")))
                .contains("https://shop.example.com/start");
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com/*, https://shop.example.com/",
        "https://shop.example.com/app/*, https://shop.example.com/app/",
        "https://shop.example.com*, https://shop.example.com",
        "https://shop.example.com/callback, https://shop.example.com/callback",
        "http://localhost:3000/*, http://localhost:3000/"
    })
    void aRedirectUriServesWithoutItsWildcard(String redirectUri, String expected) {
        assertThat(AppAddress.of(null, List.of(redirectUri))).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://*",
                "https://*.example.com/*",
                "https:///path",
                "myapp://callback",
                "javascript:alert(1)",
                "/relative/*",
                "+",
                ""
            })
    void whatIsNoAddressOnTheWebIsLeftOut(String redirectUri) {
        assertThat(AppAddress.of(null, List.of(redirectUri))).isEmpty();
        assertThat(AppAddress.of(redirectUri, List.of())).isEmpty();
    }

    @Test
    void theChoiceDoesNotDependOnTheOrderOfTheRedirectUris() {
        List<String> addresses = List.of("https://b.example.com/", "https://a.example.com/");

        assertThat(AppAddress.of("", addresses)).contains("https://a.example.com/");
    }
}
