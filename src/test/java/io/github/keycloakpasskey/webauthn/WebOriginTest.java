package io.github.keycloakpasskey.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com, https://shop.example.com",
        "https://Shop.example.com:443/, https://shop.example.com",
        "HTTPS://SHOP.EXAMPLE.COM, https://shop.example.com",
        "http://localhost:80, http://localhost",
        "http://localhost:8080/, http://localhost:8080",
        "http://shop.example.com:443, http://shop.example.com:443",
        "https://shop.example.com:, https://shop.example.com",
        "https://shop.example.com:08443, https://shop.example.com:8443",
        "https://bücher.example, https://xn--bcher-kva.example",
        "https://BÜCHER.example:8443/, https://xn--bcher-kva.example:8443",
        "https://XN--BCHER-KVA.example, https://xn--bcher-kva.example",
        "https://例え。テスト, https://xn--r8jz45g.xn--zckzah",
        "https://key_cloak.example.com, https://key_cloak.example.com",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "https://[2001:DB8::1]:8443, https://[2001:db8::1]:8443",
        "https://shop.example.com., https://shop.example.com.",
    })
    void anOriginHasTheFormThatBrowsersWrite(String text, String origin) {
        assertThat(WebOrigin.parse(text)).map(WebOrigin::toString).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "shop.example.com",
                "https://",
                "https:///",
                "https://*.example.com",
                "https://shop.example.com/cart",
                "https://shop.example.com//",
                "https://shop.example.com?",
                "https://shop.example.com#top",
                "https://me@shop.example.com",
                "https://shop.example.com\\@other.example",
                "https://shop.example.com:0",
                "https://shop.example.com:65536",
                "https://shop.example.com:https",
                "https://shop..example.com",
                "https://.example.com",
                "https://shop example.com",
                "https://shop.example.com\n",
                "https://[::1",
                "https://[key]",
                "https://straße.example",
                "https://a%2eexample.com",
                "ftp://shop.example.com",
                "null",
                "android:apk-key-hash:Zm9v"
            })
    void aTextThatIsNoOriginOfAPageIsRefused(String text) {
        assertThat(WebOrigin.parse(text)).isEmpty();
    }

    @Test
    void aNameWithALabelThatIsTooLongIsRefused() {
        assertThat(WebOrigin.parse("https://" + "x".repeat(63) + ".example")).isPresent();
        assertThat(WebOrigin.parse("https://" + "x".repeat(64) + ".example")).isEmpty();
        assertThat(WebOrigin.parse("https://" + "x.".repeat(127) + "example")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://Login.Example.com:443/auth/realms/, https://login.example.com",
        "https://key_cloak.example.com/, https://key_cloak.example.com",
        "https://key_cloak.example.com:8443/auth, https://key_cloak.example.com:8443",
        "https://bücher.example/auth, https://xn--bcher-kva.example",
    })
    void theOriginOfAnAddressIsReadFromItsAuthority(String address, String origin) {
        assertThat(WebOrigin.of(URI.create(address))).map(WebOrigin::toString).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https:/auth", "/auth", "mailto:me@example.com", "https://me@example.com/"})
    void anAddressWithoutAHostHasNoOrigin(String address) {
        assertThat(WebOrigin.of(URI.create(address))).isEmpty();
    }
}
