package io.github.keycloakpasskey.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Stub;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

@Shows(Threat.SKIPPED_PASSKEY)
class CompletedPasskeyTest {

    private static final String OWNER = "4f1c";
    private static final String STEP = "91d0";
    private static final Map<String, String> DETAILS = Map.of("credential_type", "passkey", "label", "“my” key");

    private final Map<String, Object> notes = new HashMap<>();
    private final AuthenticationSessionModel login = login();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsOwnerHasBeenThroughItAndItIsKnownWhetherThatWasVerified(boolean verified) {
        CompletedPasskey used = new CompletedPasskey(OWNER, STEP, verified, DETAILS);

        used.keepIn(login);

        assertThat(CompletedPasskey.in(login, user(OWNER))).contains(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e2a7", "4f1", "4f1c1", "4F1C", ""})
    void nobodyElseHas(String other) {
        new CompletedPasskey(OWNER, STEP, true, DETAILS).keepIn(login);

        assertThat(CompletedPasskey.in(login, user(other))).isEmpty();
    }

    @Test
    void norHasNobody() {
        new CompletedPasskey(OWNER, STEP, true, DETAILS).keepIn(login);

        assertThat(CompletedPasskey.in(login, null)).isEmpty();
    }

    @Test
    void aLoginWithoutOneHasBeenThroughNone() {
        assertThat(CompletedPasskey.in(login, user(OWNER))).isEmpty();
    }

    @Test
    void theOneThatWasUsedLastCounts() {
        CompletedPasskey last = new CompletedPasskey("e2a7", STEP, false, Map.of());
        new CompletedPasskey(OWNER, STEP, true, DETAILS).keepIn(login);
        last.keepIn(login);

        assertThat(CompletedPasskey.in(login, user(OWNER))).isEmpty();
        assertThat(CompletedPasskey.in(login, user("e2a7"))).contains(last);
    }

    @Test
    void whoIsTurnedAwayHasBeenThroughNothing() {
        new CompletedPasskey(OWNER, STEP, true, DETAILS).keepIn(login);
        notes.put(AuthenticationProcessor.AUTHN_CREDENTIALS, "passkey");

        CompletedPasskey.forgetIn(login);

        assertThat(CompletedPasskey.in(login, user(OWNER))).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void theRequestThatItIsPostedWithHasNotGoneOn() {
        assertThat(isBehindIn("AUTHENTICATE", STEP)).isFalse();
    }

    @Test
    void aLaterStepAndRequiredActionsHave() {
        assertThat(isBehindIn("AUTHENTICATE", "another step")).isTrue();
        assertThat(isBehindIn("AUTHENTICATE", null)).isTrue();
        assertThat(isBehindIn("REQUIRED_ACTIONS", STEP)).isTrue();
    }

    private boolean isBehindIn(String action, String lastStep) {
        notes.put("action", action);
        notes.put(AuthenticationProcessor.LAST_PROCESSED_EXECUTION, lastStep);
        return new CompletedPasskey(OWNER, STEP, true, DETAILS).isBehind(login);
    }

    private AuthenticationSessionModel login() {
        return Stub.of(
                AuthenticationSessionModel.class,
                Map.of(
                        "getAction", arguments -> notes.get("action"),
                        "getAuthNote", arguments -> notes.get(arguments[0].toString()),
                        "setAuthNote", arguments -> notes.put(arguments[0].toString(), arguments[1]),
                        "removeAuthNote", arguments -> notes.remove(arguments[0].toString())));
    }

    private static UserModel user(String id) {
        return Stub.of(UserModel.class, Map.of("getId", arguments -> id));
    }
}
