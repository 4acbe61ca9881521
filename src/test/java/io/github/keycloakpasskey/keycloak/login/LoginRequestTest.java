package io.github.keycloakpasskey.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginRequestTest {

    private final Map<String, String> notes = new HashMap<>();
    private final LoginState login = LoginState.of(notes, List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAML_LOGIN_REQUEST_FORCEAUTHN",
                "requested-authentication-flow",
                "authentication-flow-level-of-authentication",
                "client-policy-requested-acr",
                "authorization_request_uri",
                "auth_type",
                "END_AFTER_REQUIRED_ACTIONS",
                "forwarded.passive.login",
                "locale_user_requested"
            })
    void aParameterOfTheRequestSurvivesARestart(String name) {
        notes.put(name, "asked for");

        restart();

        assertThat(notes).containsExactly(Map.entry(name, "asked for"));
    }

    @Test
    void nothingThatTheLoginDidSurvivesARestart() {
        login.complete(new CompletedPasskey("alice", "row", 1764590400, "step", true, Map.of()));
        login.attempt("alice", Optional.of("alice"));
        login.begin(new PasskeyRecovery("alice", true));
        login.requireNewPasskeyOf("alice");
        login.see(new FlowPosition("browser", FlowKind.SIGN_IN, Optional.of("alice")));

        restart();

        assertThat(notes).isEmpty();
    }

    private void restart() {
        LoginRequest request = LoginRequest.of(login);
        notes.clear();
        request.restore(login);
    }
}
