package io.github.keycloakpasskey.keycloak.requiredaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.PasskeyRecovery;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.LinkToken;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;
import org.keycloak.models.Constants;

/** When a user may leave the required action for this login. */
class PostponementTest {

    private static final String ALICE = "alice-id";
    private static final String BOB = "bob-id";

    private final Map<String, String> notes = new HashMap<>();
    private final LoginState login = LoginState.of(notes, List.of());
    private final Postponement withPasskey = new Postponement(login, ALICE, () -> true);
    private final Postponement withoutPasskey = new Postponement(login, ALICE, () -> false);

    @Test
    void aUserWithAPasskeyMayLeave() {
        assertThat(withPasskey.isOffered()).isTrue();
        assertThat(withPasskey.isChosenBy(later())).isTrue();
    }

    @Test
    @Shows(Threat.LEFT_ACTION)
    void aUserWithoutAPasskeyThatWorksStays() {
        assertThat(withoutPasskey.isOffered()).isFalse();
        assertThat(withoutPasskey.isChosenBy(later())).isFalse();
    }

    @Test
    @Shows(Threat.LEFT_ACTION)
    void theErrorOfABrowserAloneLeavesNothing() {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.add("passkeyError", "InvalidStateError");

        assertThat(withPasskey.isChosenBy(form)).isFalse();
    }

    @Test
    void theChoiceHoldsForThisUserAndLoginAlone() {
        assertThat(withPasskey.isKept()).isFalse();
        withPasskey.keep();

        assertThat(withPasskey.isKept()).isTrue();
        assertThat(new Postponement(login, BOB, () -> true).isKept()).isFalse();
        assertThat(new Postponement(LoginState.of(new HashMap<>(), List.of()), ALICE, () -> true).isKept())
                .isFalse();
    }

    @Test
    void theChoiceIsVoidOnceTheLastPasskeyThatWorksIsGone() {
        withPasskey.keep();

        assertThat(withoutPasskey.isKept()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {ExecuteActionsActionToken.TOKEN_TYPE, ResetCredentialsActionToken.TOKEN_TYPE})
    void anEmailedLinkAsksForThePasskeyItself(String action) {
        notes.put(Constants.KEY, LinkToken.of(action, ALICE));

        assertMustStay();
    }

    @Test
    void aLinkThatVerifiesAnAddressAsksForNoPasskey() {
        notes.put(Constants.KEY, LinkToken.of(VerifyEmailActionToken.TOKEN_TYPE, ALICE));

        assertThat(withPasskey.isOffered()).isTrue();
    }

    @Test
    @Shows(Threat.LEFT_ACTION)
    void aRecoveryCannotBeLeft() {
        login.begin(new PasskeyRecovery(ALICE, false));

        assertMustStay();
    }

    @Test
    void aPasskeyInsteadOfASecondFactorCannotBeLeft() {
        login.requireNewPasskeyOf(ALICE);

        assertMustStay();
    }

    @Test
    void theRequestOfAnAppIsLeftByTheButtonOfTheApp() {
        notes.put(Constants.KC_ACTION_EXECUTING, "passkey-register");

        assertMustStay();
    }

    @Test
    void anotherActionThatTheAppAsksForDoesNotMatter() {
        notes.put(Constants.KC_ACTION_EXECUTING, "UPDATE_PROFILE");

        assertThat(withPasskey.isOffered()).isTrue();
    }

    private void assertMustStay() {
        withPasskey.keep();
        assertThat(withPasskey.isOffered()).isFalse();
        assertThat(withPasskey.isChosenBy(later())).isFalse();
        assertThat(withPasskey.isKept()).isFalse();
    }

    private static MultivaluedMap<String, String> later() {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.add("passkeyLater", "true");
        return form;
    }
}
