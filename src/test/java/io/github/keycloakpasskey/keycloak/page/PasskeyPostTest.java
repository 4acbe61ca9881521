package io.github.keycloakpasskey.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasskeyPostTest {

    @ParameterizedTest
    @CsvSource({
        "NotAllowedError, CLIENT_CANCELLED",
        "AbortError, CLIENT_CANCELLED",
        "InvalidStateError, CLIENT_ALREADY_REGISTERED",
        "SecurityError, CLIENT_SECURITY_ERROR",
        "NotSupportedError, CLIENT_UNSUPPORTED",
        "ConstraintError, CLIENT_UNSUPPORTED",
        "<script>, CLIENT_FAILED",
    })
    void theNameOfADomExceptionIsAReason(String name, KeycloakReason reason) {
        assertThat(PasskeyPost.of(form("passkeyError", name)).error()).contains(reason);
    }

    @Test
    void anAuthenticatorThatHoldsAPasskeyIsNoReasonAtASignIn() {
        assertThat(PasskeyPost.of(form("passkeyError", "InvalidStateError")).errorAtSignIn())
                .contains(KeycloakReason.CLIENT_FAILED);
        assertThat(PasskeyPost.of(form("passkeyError", "SecurityError")).errorAtSignIn())
                .contains(KeycloakReason.CLIENT_SECURITY_ERROR);
    }

    @Test
    void aResponseIsTakenAsItWasPosted() {
        PasskeyPost post = PasskeyPost.of(form("passkeyResponse", "{}"));

        assertThat(post.response()).isEqualTo("{}");
        assertThat(post.error()).isEmpty();
    }

    @Test
    void anotherFormOnThePageIsNoCeremony() {
        assertThat(PasskeyPost.isIn(form("username", "alice"))).isFalse();
        assertThat(PasskeyPost.isIn(form("passkeyError", ""))).isTrue();
        assertThat(PasskeyPost.isIn(form("passkeyResponse", ""))).isTrue();
    }

    private static MultivaluedMap<String, String> form(String field, String value) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.add(field, value);
        return form;
    }
}
