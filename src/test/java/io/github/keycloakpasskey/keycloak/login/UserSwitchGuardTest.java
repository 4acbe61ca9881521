package io.github.keycloakpasskey.keycloak.login;

import static io.github.keycloakpasskey.keycloak.login.LoginDraft.BROWSER_FLOW;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.COOKIE;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.FIRST_FLOW;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.OTP;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.PASSKEY;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.PASSKEY_FORM;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.PASSWORD;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.POST_FLOW;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.RESET_FLOW;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.THIRD_PARTY;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.USERNAME;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.begun;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.begunWithThirdParties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Alice and Mallory share a browser tab. What Mallory has passed must never count for Alice. */
@Shows(Threat.SKIPPED_PASSKEY)
class UserSwitchGuardTest {

    private static final String ALICE = "alice";
    private static final String MALLORY = "mallory";

    /** The value that stood among the user ids before: now an id as any other. */
    private static final String SEVERAL = "several";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aStepGoesOnInALoginOfOneUser(String what, LoginDraft login) {
        assertThat(login.requiresRestart()).isFalse();
    }

    static Stream<Arguments> aStepGoesOnInALoginOfOneUser() {
        return Stream.of(
                arguments("on a new sign-in page", begun()),
                arguments("after a failed password", begun().failed(PASSWORD)),
                arguments("after a name of its own page", begun().passed(USERNAME)),
                arguments("after the user's password", begun().passed(PASSWORD).as(ALICE)),
                arguments(
                        "after the user's password, seen by a step before",
                        begun().passed(PASSWORD).as(ALICE).seen()),
                arguments(
                        "after two factors of the same user",
                        begun().passed(PASSWORD).as(ALICE).seen().passed(OTP).seen()),
                arguments(
                        "after a passkey of the user",
                        begun().as(ALICE).withPasskey().passed(PASSKEY).seen()),
                arguments(
                        "in a step-up of a signed-in user",
                        begun().bySingleSignOn().as(ALICE).withSession().passed(COOKIE)),
                arguments(
                        "in a step-up that asks for another factor",
                        begun().bySingleSignOn().as(ALICE).withSession().seen().passed(PASSWORD)),
                arguments(
                        "after an identity provider, in the flow that follows it",
                        begun().broughtByBroker(ALICE).in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)),
                arguments(
                        "after an identity provider and steps of the sign-in page",
                        begun().failed(PASSWORD).broughtByBroker(ALICE).in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)),
                arguments(
                        "in the first login through an identity provider, after the sign-in page",
                        begun().failed(PASSWORD).as(ALICE).in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)),
                arguments(
                        "in the recovery of the user whose name was entered on the sign-in page",
                        begun().failed(PASSWORD).as(ALICE).in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)),
                arguments(
                        "in the recovery by the e-mailed link, in a tab that began with another user's session",
                        begun().bySingleSignOn()
                                .as(ALICE)
                                .byRecoveryLinkOf(ALICE)
                                .in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)),
                arguments(
                        "after a sub-flow that succeeded",
                        begun().passedSubFlow().passed(PASSWORD).as(ALICE).seen()),
                arguments(
                        "for a user whose id is the word that once meant several users",
                        begun().as(SEVERAL).seen().passed(PASSWORD)),
                arguments("after a step that nobody has declared to prove a user", begun().passed(THIRD_PARTY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aStepRestartsALoginThatMayBelongToSeveralUsers(String what, LoginDraft login) {
        assertThat(login.requiresRestart()).isTrue();
    }

    static Stream<Arguments> aStepRestartsALoginThatMayBelongToSeveralUsers() {
        return Stream.of(
                arguments(
                        "another user than the one whom a step has seen",
                        begun().as(MALLORY).seen().passed(PASSWORD).as(ALICE)),
                arguments(
                        "the first of two users again",
                        begun().as(ALICE).seen().as(MALLORY).seen().as(ALICE)),
                arguments(
                        "the second of two users again",
                        begun().as(ALICE).seen().as(MALLORY).seen().as(MALLORY)),
                arguments(
                        "a third user after two",
                        begun().as(ALICE).seen().as(MALLORY).seen().as("trudy")),
                arguments(
                        "a user after the one whose id is the word that once meant several",
                        begun().as(SEVERAL).seen().as(ALICE)),
                arguments(
                        "the user whose id is that word, after another",
                        begun().as(ALICE).seen().as(SEVERAL)),
                arguments(
                        "no user, although a password was passed",
                        begun().as(MALLORY).passed(PASSWORD).asNobody()),
                arguments(
                        "no user, although a one-time code was passed",
                        begun().as(MALLORY).passed(OTP).asNobody()),
                arguments(
                        "no user, although a passkey was passed",
                        begun().as(MALLORY).passed(PASSKEY).asNobody()),
                arguments(
                        "no user, although a password was passed on our page",
                        begun().as(MALLORY).passed(PASSKEY_FORM).asNobody()),
                arguments(
                        "no user, although a step passed that the realm says proves one",
                        begunWithThirdParties().as(MALLORY).passed(THIRD_PARTY).asNobody()),
                arguments(
                        "no user in the recovery, although a password was passed before",
                        begun().as(MALLORY).passed(PASSWORD).asNobody().in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)),
                arguments(
                        "the sign-in page after steps of the recovery",
                        begun().as(MALLORY)
                                .in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)
                                .failed("reset-credential-email")
                                .in(BROWSER_FLOW, FlowKind.SIGN_IN)
                                .as(ALICE)),
                arguments(
                        "the sign-in page after steps of the first login through a provider",
                        begun().in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)
                                .failed("idp-review-profile")
                                .in(BROWSER_FLOW, FlowKind.SIGN_IN)),
                arguments(
                        "the sign-in page after steps of the flow that follows a provider",
                        begun().as(MALLORY)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .passed(PASSKEY)
                                .in(BROWSER_FLOW, FlowKind.SIGN_IN)),
                arguments(
                        "the sign-in page after a sub-flow of another flow",
                        begun().in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .passedSubFlow()
                                .in(BROWSER_FLOW, FlowKind.SIGN_IN)),
                arguments(
                        "the sign-in page while a provider has set the user",
                        begun().as(MALLORY).passed(PASSWORD).broughtByBroker(ALICE)),
                arguments(
                        "the sign-in page while a provider has set the user whom it knew",
                        begun().as(ALICE).seen().passed(PASSWORD).broughtByBroker(ALICE)),
                arguments(
                        "single sign-on of a user who has no session here",
                        begun().bySingleSignOn().as(ALICE)),
                arguments("single sign-on without a user", begun().bySingleSignOn()),
                arguments(
                        "single sign-on in the recovery, by the link of another user",
                        begun().bySingleSignOn()
                                .as(ALICE)
                                .byRecoveryLinkOf(MALLORY)
                                .in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)),
                arguments(
                        "single sign-on without a session in the flow after a provider",
                        begun().bySingleSignOn().broughtByBroker(ALICE).in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aFlowEndsForOneUser(String what, LoginDraft login) {
        assertThat(login.refusesEnd()).isFalse();
    }

    static Stream<Arguments> aFlowEndsForOneUser() {
        return Stream.of(
                arguments("a password", begun().as(ALICE).passed(PASSWORD).seen()),
                arguments(
                        "a passkey",
                        begun().as(ALICE).withPasskey().passed(PASSKEY).seen()),
                arguments(
                        "a password, and a passkey to be created",
                        begun().as(ALICE)
                                .passed(PASSWORD)
                                .withPasskeyToCreate()
                                .passed(PASSKEY)
                                .seen()),
                arguments(
                        "a passkey on the page with a password",
                        begun().as(ALICE).withPasskey().passed(PASSKEY_FORM).seen()),
                arguments("single sign-on", begun().as(ALICE).bySingleSignOn().passed(COOKIE)),
                arguments(
                        "single sign-on in a tab that came from another flow",
                        begun().in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)
                                .failed("idp-review-profile")
                                .in(BROWSER_FLOW, FlowKind.SIGN_IN)
                                .as(ALICE)
                                .passed(COOKIE)),
                arguments(
                        "the flow after a provider",
                        begun().broughtByBroker(ALICE)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .withPasskey()
                                .passed(PASSKEY)
                                .seen()),
                arguments(
                        "the flow after a provider, with steps of the sign-in page before it",
                        begun().passed(PASSWORD)
                                .broughtByBroker(ALICE)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .seen()),
                arguments(
                        "a recovery",
                        begun().as(ALICE)
                                .byRecoveryLinkOf(ALICE)
                                .in(RESET_FLOW, FlowKind.OTHER)
                                .passed("reset-credential-email")
                                .seen()),
                arguments(
                        "a flow in which no step has seen a user",
                        begun().as(ALICE).passed(PASSWORD)),
                arguments(
                        "a user whose id is the word that once meant several",
                        begun().as(SEVERAL).passed(PASSWORD).seen()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aFlowDoesNotEndForAnotherUserThanTheOneWhoPassedItsSteps(String what, LoginDraft login) {
        assertThat(login.refusesEnd()).isTrue();
    }

    static Stream<Arguments> aFlowDoesNotEndForAnotherUserThanTheOneWhoPassedItsSteps() {
        return Stream.of(
                arguments(
                        "another user's password",
                        begun().as(MALLORY).passed(PASSWORD).seen().as(ALICE)),
                arguments(
                        "another user's passkey",
                        begun().as(MALLORY).withPasskey().passed(PASSKEY).as(ALICE)),
                arguments(
                        "a passkey that another user must create",
                        begun().as(MALLORY)
                                .passed(PASSWORD)
                                .withPasskeyToCreate()
                                .passed(PASSKEY)
                                .as(ALICE)),
                arguments(
                        "a passkey step that passed although no passkey was used",
                        begun().as(ALICE).passed(PASSWORD).passed(PASSKEY)),
                arguments(
                        "a passkey step of a login without a user",
                        begun().as(MALLORY).withPasskey().passed(PASSKEY).asNobody()),
                arguments(
                        "the first of two users who were seen",
                        begun().as(ALICE).seen().as(MALLORY).seen().as(ALICE)),
                arguments(
                        "the user whose id is the word that once meant several, after two others",
                        begun().as(ALICE).seen().as(MALLORY).seen().as(SEVERAL)),
                arguments(
                        "the sign-in page with a password of another flow",
                        begun().in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)
                                .passed(PASSWORD)
                                .in(BROWSER_FLOW, FlowKind.SIGN_IN)
                                .as(ALICE)),
                arguments(
                        "the sign-in page with a password, once a provider has set the user",
                        begun().as(MALLORY).passed(PASSWORD).broughtByBroker(ALICE)),
                arguments(
                        "the sign-in page with a password, once a provider has set the user who passed it",
                        begun().as(ALICE).passed(PASSWORD).seen().broughtByBroker(ALICE)),
                arguments(
                        "the flow after a provider, for a second user",
                        begun().broughtByBroker(MALLORY)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .passed(PASSWORD)
                                .seen()
                                .as(ALICE)),
                arguments(
                        "the flow after one provider, for a user after another provider",
                        begun().broughtByBroker(MALLORY)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .seen()
                                .broughtByBroker(ALICE)
                                .in("another-post-broker", FlowKind.POST_BROKER_LOGIN)
                                .passed(PASSWORD)),
                arguments(
                        "a recovery of another user than the one whom its step has seen",
                        begun().as(MALLORY)
                                .in(RESET_FLOW, FlowKind.OTHER)
                                .seen()
                                .as(ALICE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aLoginIsCompletedForTheUserOfTheFlowAfterAProvider(String what, LoginDraft login) {
        assertThat(login.refusesCompletion()).isFalse();
    }

    static Stream<Arguments> aLoginIsCompletedForTheUserOfTheFlowAfterAProvider() {
        return Stream.of(
                arguments(
                        "without a provider", begun().as(ALICE).passed(PASSWORD).seen()),
                arguments(
                        "with a provider and no flow after it",
                        begun().broughtByBroker(ALICE).afterBroker()),
                arguments(
                        "with a provider and its flow",
                        begun().broughtByBroker(ALICE)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .seen()
                                .afterBroker()),
                arguments(
                        "with another user's attempt on the sign-in page",
                        begun().as(MALLORY).seen().broughtByBroker(ALICE).afterBroker()),
                arguments(
                        "without a provider, after another user's flow after a provider",
                        begun().as(MALLORY)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .seen()
                                .as(ALICE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aLoginIsNotCompletedForAUserWhoDidNotPassTheFlowAfterAProvider(String what, LoginDraft login) {
        assertThat(login.refusesCompletion()).isTrue();
    }

    static Stream<Arguments> aLoginIsNotCompletedForAUserWhoDidNotPassTheFlowAfterAProvider() {
        return Stream.of(
                arguments(
                        "another user passed it",
                        begun().broughtByBroker(MALLORY)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .seen()
                                .broughtByBroker(ALICE)
                                .afterBroker()),
                arguments(
                        "two users passed it, and the first comes back",
                        begun().broughtByBroker(ALICE)
                                .in(POST_FLOW, FlowKind.POST_BROKER_LOGIN)
                                .seen()
                                .broughtByBroker(MALLORY)
                                .seen()
                                .broughtByBroker(ALICE)
                                .afterBroker()),
                arguments(
                        "another user passed it after another provider",
                        begun().broughtByBroker(MALLORY)
                                .in("another-post-broker", FlowKind.POST_BROKER_LOGIN)
                                .seen()
                                .broughtByBroker(ALICE)
                                .afterBroker()));
    }

    @Test
    void aRestartedLoginBelongsToTheNextUser() {
        LoginDraft login = begun().as(MALLORY).seen().passed(PASSWORD).as(ALICE);
        assertThat(login.requiresRestart()).isTrue();

        login.restarted();

        assertThat(login.requiresRestart()).isFalse();
        assertThat(login.as(ALICE).seen().passed(PASSWORD).refusesEnd()).isFalse();
    }

    @Test
    void aRestartLosesOnlyStepsThatWerePassed() {
        assertThat(begun().failed(PASSWORD).passedSubFlow().guard().losesPassedSteps())
                .isFalse();
        assertThat(begun().passed(USERNAME).guard().losesPassedSteps()).isTrue();
    }

    @Test
    void aUserWhoProvedNothingIsForgotten() {
        LoginDraft login = begun().as(MALLORY).seen();

        login.guard().forgetUnprovenUsers(login.position());

        assertThat(login.as(ALICE).requiresRestart()).isFalse();
    }

    @Test
    void aUserWhoPassedAStepIsNotForgotten() {
        LoginDraft login = begun().as(MALLORY).seen().passed(PASSWORD);

        login.guard().forgetUnprovenUsers(login.position());

        assertThat(login.as(ALICE).requiresRestart()).isTrue();
    }

    @Test
    void aLoginWithoutAUserRecordsNone() {
        LoginDraft login = begun().seen();

        assertThat(login.as(ALICE).requiresRestart()).isFalse();
    }

    @Test
    void theUsersOfOneFlowAreNotThoseOfAnother() {
        LoginDraft login = begun().as(MALLORY)
                .in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)
                .seen()
                .in("another-first-broker", FlowKind.FIRST_BROKER_LOGIN)
                .as(ALICE);

        assertThat(login.refusesEnd()).isFalse();
    }

    @Test
    void theGuardAsksForTheSessionOnlyAfterSingleSignOn() {
        LoginDraft login = begun().as(ALICE);

        boolean restarts = login.guard().requiresRestart(login.position(), () -> {
            throw new AssertionError("looking up a session counts as a use of it");
        });

        assertThat(restarts).isFalse();
    }
}
