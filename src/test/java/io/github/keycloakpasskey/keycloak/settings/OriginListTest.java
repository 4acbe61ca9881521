package io.github.keycloakpasskey.keycloak.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginListTest {

    private static final String ANDROID = "android:apk-key-hash:sNiHXY8hpjwb-0uJyVNQmzmVrJE";

    @Test
    void originsAreReadAsBrowsersWriteThem() {
        OriginList list = OriginList.ofSites(
                List.of("https://Shop.example.com:443/", "https://bücher.example", "https://www.example.com"));

        assertThat(list.origins())
                .containsExactlyInAnyOrder(
                        "https://shop.example.com", "https://xn--bcher-kva.example", "https://www.example.com");
        assertThat(list.respelt())
                .containsExactly(
                        "“https://Shop.example.com:443/” is read as “https://shop.example.com”",
                        "“https://bücher.example” is read as “https://xn--bcher-kva.example”");
        assertThat(list.problems()).isEmpty();
    }

    /** The hash is base64, whose letters differ from capitals. */
    @Test
    void theOriginOfAnAppStaysAsItIs() {
        assertThat(OriginList.ofSitesAndApps(List.of(ANDROID, "chrome-extension://AbC"))
                        .origins())
                .containsExactlyInAnyOrder(ANDROID, "chrome-extension://AbC");
        assertThat(OriginList.ofSites(List.of(ANDROID)).problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "shop.example.com",
                "https://*.example.com",
                "https://shop.example.com/cart",
                "HTTPS:shop.example.com",
                "android:apk-key-hash:*",
                "android: apk-key-hash"
            })
    void aTextThatIsNoOriginIsAProblem(String text) {
        OriginList list = OriginList.ofSitesAndApps(List.of(text, "https://www.example.com"));

        assertThat(list.origins()).containsExactly("https://www.example.com");
        assertThat(list.problems()).singleElement().satisfies(problem -> assertThat(problem)
                .contains("“" + text + "” is no origin"));
    }

    @Test
    void aListThatIsTooLongHasNoOrigins() {
        OriginList list = OriginList.ofSitesAndApps(Collections.nCopies(201, "https://www.example.com"));

        assertThat(list.origins()).isEmpty();
        assertThat(list.problems()).containsExactly("there are 201 origins; at most 200 are allowed");
    }

    @Test
    void anOriginThatIsTooLongIsAProblem() {
        assertThat(OriginList.ofSitesAndApps(List.of("android:" + "x".repeat(400)))
                        .problems())
                .hasSize(1);
    }
}
