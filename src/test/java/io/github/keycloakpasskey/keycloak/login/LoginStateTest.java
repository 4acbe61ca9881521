package io.github.keycloakpasskey.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.LinkToken;
import io.github.keycloakpasskey.testbed.Stub;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;
import org.keycloak.models.Constants;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.UserModel;

@Shows(Threat.SKIPPED_PASSKEY)
class LoginStateTest {

    private static final String OWNER = "4f1c";
    private static final String STEP = "91d0";
    private static final CompletedPasskey COMPLETED = new CompletedPasskey(
            OWNER, "row", 1764590400, STEP, true, Map.of("credential_type", "passkey", "label", "“my” key"));

    private final Map<String, String> notes = new HashMap<>();
    private final LoginState login = LoginState.of(notes, List.of());

    @Test
    void aCompletedPasskeyIsReadAsItWasWritten() {
        login.complete(COMPLETED);

        assertThat(LoginState.of(notes, List.of()).completedPasskeyOf(Optional.of(OWNER)))
                .contains(COMPLETED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e2a7", "4f1", "4f1c1", "4F1C", ""})
    void aCompletedPasskeyDoesNotCountForAnotherUser(String other) {
        login.complete(COMPLETED);

        assertThat(login.completedPasskeyOf(Optional.of(other))).isEmpty();
    }

    @Test
    void aCompletedPasskeyDoesNotCountAsLongAsNoUserIsKnown() {
        login.complete(COMPLETED);

        assertThat(login.completedPasskeyOf(Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"password\"]", "[\"passkey\",\"otp\"]", "[\"sms-of-another-extension\"]"})
    void aLoginThatUsedAnotherCredentialThanAPasskeyIsKnown(String credentials) {
        notes.put(AuthenticationProcessor.AUTHN_CREDENTIALS, credentials);

        assertThat(login.hasUsedOtherCredentials()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[\"passkey\"]", "[\"webauthn-passwordless\",\"webauthn\",\"passkey\"]"})
    void aLoginThatUsedPasskeysAloneIsKnown(String credentials) {
        assertThat(login.hasUsedOtherCredentials()).isFalse();

        notes.put(AuthenticationProcessor.AUTHN_CREDENTIALS, credentials);

        assertThat(login.hasUsedOtherCredentials()).isFalse();
    }

    @Test
    void aLoginBeginsWithoutACompletedPasskey() {
        assertThat(login.completedPasskeyOf(Optional.of(OWNER))).isEmpty();
    }

    @Test
    void theLastCompletedPasskeyReplacesAnEarlierOne() {
        CompletedPasskey last = new CompletedPasskey("e2a7", "row", 1764590400, STEP, false, Map.of());
        login.complete(COMPLETED);
        login.complete(last);

        assertThat(login.completedPasskeyOf(Optional.of(OWNER))).isEmpty();
        assertThat(login.completedPasskeyOf(Optional.of("e2a7"))).contains(last);
    }

    @Test
    void aForgottenPasskeyLeavesNothingInTheLogin() {
        login.complete(COMPLETED);
        notes.put(AuthenticationProcessor.AUTHN_CREDENTIALS, "passkey");

        login.forgetCompletedPasskey();

        assertThat(notes).isEmpty();
    }

    @Test
    void aLoginHasMovedOnFromAStepThatWasNotTheLastOne() {
        notes.put(AuthenticationProcessor.LAST_PROCESSED_EXECUTION, STEP);

        assertThat(login.hasMovedOnFrom(STEP)).isFalse();
        assertThat(login.hasMovedOnFrom("another step")).isTrue();
    }

    @Test
    void aLoginHasMovedOnWhereKeycloakHasForgottenTheLastStep() {
        assertThat(login.hasMovedOnFrom(STEP)).isTrue();
    }

    @Test
    void anEnteredNameLeadsToItsAccount() {
        login.attempt("grace", Optional.of(OWNER));

        assertThat(login.attemptedName()).contains("grace");
        assertThat(login.attemptedAccount()).contains(OWNER);
        assertThat(login.isNameFromEarlierStep()).isTrue();
    }

    @Test
    void anEnteredNameThatNoUserHasLeadsToNoAccount() {
        login.attempt("grace", Optional.of(OWNER));
        login.attempt("nobody", Optional.empty());

        assertThat(login.attemptedName()).contains("nobody");
        assertThat(login.attemptedAccount()).isEmpty();
    }

    @Test
    void theAccountOfANameNoLongerCountsOnceKeycloakHasReplacedTheName() {
        login.attempt("grace", Optional.of(OWNER));
        login.showAttemptedName("mallory");

        assertThat(login.attemptedAccount()).isEmpty();
    }

    @Test
    void aForgottenNameLeavesNothingInTheLogin() {
        login.attempt("grace", Optional.of(OWNER));

        login.forgetAttemptedName();

        assertThat(notes).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecoveryBelongsToTheUserWhoOpenedTheLink(boolean removesOlder) {
        PasskeyRecovery recovery = new PasskeyRecovery(OWNER, removesOlder);

        login.begin(recovery);

        assertThat(login.recoveryOf(OWNER)).contains(recovery);
        assertThat(login.recoveryOf("e2a7")).isEmpty();
    }

    @Test
    void aChosenPasskeyCanBeUnchosen() {
        login.replace(Optional.of("row"));
        assertThat(login.replacedPasskey()).contains("row");

        login.replace(Optional.empty());
        assertThat(login.replacedPasskey()).isEmpty();
    }

    @Test
    void anotherActionThatTheAppAsksForIsNoRequestForAPasskey() {
        notes.put(Constants.KC_ACTION_EXECUTING, "UPDATE_PROFILE");
        assertThat(login.isActionOfApp()).isFalse();

        notes.put(Constants.KC_ACTION_EXECUTING, "passkey-register");
        assertThat(login.isActionOfApp()).isTrue();

        notes.put(Constants.KC_ACTION_ENFORCED, "true");
        assertThat(login.isActionOfApp()).isFalse();
    }

    @Test
    void aRecoveryLinkCountsForTheUserToWhomItWasSent() {
        notes.put(Constants.KEY, LinkToken.of(ResetCredentialsActionToken.TOKEN_TYPE, OWNER));

        assertThat(login.isByRecoveryLinkOf(OWNER)).isTrue();
        assertThat(login.isByRecoveryLinkOf("e2a7")).isFalse();
        assertThat(login.isByAdministratorsLinkOf(OWNER)).isFalse();
    }

    @Test
    void anAdministratorsLinkCountsForTheUserToWhomItWasSent() {
        notes.put(Constants.KEY, LinkToken.of(ExecuteActionsActionToken.TOKEN_TYPE, OWNER));

        assertThat(login.isByAdministratorsLinkOf(OWNER)).isTrue();
        assertThat(login.isByAdministratorsLinkOf("e2a7")).isFalse();
        assertThat(login.isByRecoveryLinkOf(OWNER)).isFalse();
    }

    @Test
    void anAdministratorsLinkCountsAfterTheLoginOpenedAnotherKindOfLink() {
        login.keepLink(new DefaultActionTokenKey(OWNER, ExecuteActionsActionToken.TOKEN_TYPE, 0, null).serializeKey());
        notes.put(Constants.KEY, LinkToken.of(VerifyEmailActionToken.TOKEN_TYPE, OWNER));

        assertThat(login.isByAdministratorsLinkOf(OWNER)).isTrue();
        assertThat(login.isByAdministratorsLinkOf("e2a7")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no token", "a.b.c", "e30.e30.e30"})
    void aTextThatIsNoTokenIsNoLink(String token) {
        notes.put(Constants.KEY, token);

        assertThat(login.openedLink()).isEmpty();
    }

    @Test
    void anOrganizationsPageKeepsTheNameThatBelongsToTheUser() {
        assertThat(keptFor("grace", user())).contains("grace");
        assertThat(keptFor(" GRACE@example.com ", user())).contains(" GRACE@example.com ");
    }

    @Test
    void anOrganizationsPageReplacesAPostedNameThatIsAnotherUsers() {
        assertThat(keptFor("mallory", user())).contains("grace");
    }

    @Test
    void anOrganizationsPageKeepsANameThatNoUserHas() {
        assertThat(keptFor("nobody", Optional.empty())).contains("nobody");
    }

    @Test
    void anOrganizationsPageKeepsNoNameWhereNoneWasEntered() {
        assertThat(AttemptedUsername.nameToKeep(Optional.empty(), user(), users()))
                .isEmpty();
    }

    private static Optional<String> keptFor(String posted, Optional<UserModel> user) {
        return AttemptedUsername.nameToKeep(Optional.of(posted), user, users());
    }

    private static UserByName users() {
        return UserByNameTest.users(true, Map.of());
    }

    private static Optional<UserModel> user() {
        return Optional.of(Stub.of(
                UserModel.class,
                Map.of(
                        "getId", arguments -> OWNER,
                        "getUsername", arguments -> "grace",
                        "getEmail", arguments -> "grace@example.com")));
    }
}
