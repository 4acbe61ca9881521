package io.github.keycloakpasskey.keycloak.login;

import static io.github.keycloakpasskey.keycloak.login.LoginDraft.BROWSER_FLOW;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.FIRST_FLOW;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.OTP;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.PASSKEY;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.PASSKEY_FORM;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.PASSWORD;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.RESET_FLOW;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.THIRD_PARTY;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.THIRD_PARTY_FORM;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.USERNAME;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.begun;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.begunWithThirdParties;
import static io.github.keycloakpasskey.keycloak.login.LoginDraft.rolesWithThirdParties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.actiontoken.inviteorg.InviteOrgActionToken;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionToken;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;

@Shows(Threat.UNPROVEN_NAME)
class LoginProofsTest {

    private static final String ALICE = "alice";
    private static final String MALLORY = "mallory";

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aUserIsProvenBy(String what, LoginDraft login) {
        assertThat(login.proofs().proveUserOf(login.position())).isTrue();
    }

    static Stream<Arguments> aUserIsProvenBy() {
        return Stream.of(
                arguments("their password", begun().as(ALICE).passed(PASSWORD)),
                arguments("their one-time code", begun().as(ALICE).passed(OTP)),
                arguments("their password on our page", begun().as(ALICE).passed(PASSKEY_FORM)),
                arguments("their passkey", begun().as(ALICE).withPasskey()),
                arguments(
                        "the link of a recovery e-mail",
                        begun().as(ALICE).byRecoveryLinkOf(ALICE).in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)),
                arguments(
                        "the link that confirms an account at a provider",
                        begun().as(ALICE)
                                .byProviderLinkOf(ALICE)
                                .linkingByEmail()
                                .in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)),
                arguments(
                        "a third party's step that the realm trusts",
                        begunWithThirdParties().as(ALICE).passed(THIRD_PARTY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aUserIsNotProvenBy(String what, LoginDraft login) {
        assertThat(login.proofs().proveUserOf(login.position())).isFalse();
    }

    static Stream<Arguments> aUserIsNotProvenBy() {
        return Stream.of(
                arguments("nothing", begun().as(ALICE)),
                arguments("a password, as long as no user is known", begun().passed(PASSWORD)),
                arguments("their name", begun().as(ALICE).passed(USERNAME)),
                arguments("a wrong password", begun().as(ALICE).failed(PASSWORD)),
                arguments("a sub-flow", begun().as(ALICE).passedSubFlow()),
                arguments(
                        "another user's passkey",
                        begun().as(MALLORY).withPasskey().as(ALICE)),
                arguments(
                        "a password of another flow",
                        begun().passed(PASSWORD).as(ALICE).in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)),
                arguments(
                        "the link of another user",
                        begun().as(ALICE).byRecoveryLinkOf(MALLORY).in(RESET_FLOW, FlowKind.RESET_CREDENTIALS)),
                arguments(
                        "a link, on the sign-in page",
                        begun().as(ALICE).byRecoveryLinkOf(ALICE).in(BROWSER_FLOW, FlowKind.SIGN_IN)),
                arguments(
                        "the link of a recovery, while an account at a provider is to be confirmed",
                        begun().as(ALICE)
                                .byRecoveryLinkOf(ALICE)
                                .linkingByEmail()
                                .in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)),
                arguments(
                        "the link that confirms an account at a provider, if the login links no account",
                        begun().as(ALICE).byProviderLinkOf(ALICE).in(FIRST_FLOW, FlowKind.FIRST_BROKER_LOGIN)),
                arguments(
                        "a third party's step that the realm does not name",
                        begun().as(ALICE).passed(THIRD_PARTY)));
    }

    /** Every kind of link that Keycloak sends, besides the one of the recovery. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ExecuteActionsActionToken.TOKEN_TYPE,
                IdpVerifyAccountLinkActionToken.TOKEN_TYPE,
                InviteOrgActionToken.TOKEN_TYPE,
                UpdateEmailActionToken.TOKEN_TYPE,
                VerifyEmailActionToken.TOKEN_TYPE,
                "a-link-of-another-extension"
            })
    void anyOtherLinkProvesNobodyInTheRecovery(String action) {
        LoginDraft login = begun().as(ALICE).byLink(action, ALICE).in(RESET_FLOW, FlowKind.RESET_CREDENTIALS);

        assertThat(login.proofs().proveUserOf(login.position())).isFalse();
        assertThat(login.state().isByRecoveryLinkOf(ALICE)).isFalse();
    }

    @Test
    void aFlowTakesNamesWhereAStepDoesAndNoneNeedsAUser() {
        assertThat(rolesWithThirdParties().takeNames(List.of(USERNAME, PASSKEY_FORM)))
                .isTrue();
        assertThat(rolesWithThirdParties().takeNames(List.of(THIRD_PARTY_FORM))).isTrue();
        assertThat(rolesWithThirdParties().takeNames(List.of(PASSKEY, PASSWORD)))
                .isFalse();
        assertThat(rolesWithThirdParties().takeNames(List.of(USERNAME, OTP))).isFalse();
        assertThat(rolesWithThirdParties().takeNames(List.of())).isFalse();
    }

    @Test
    void aSettingCannotChangeTheRoleOfAKnownStep() {
        StepRoles roles = StepRoles.of(Map.of(USERNAME, StepRole.NONE), Set.of(USERNAME), Set.of(USERNAME, PASSWORD));

        assertThat(roles.of(USERNAME)).isEqualTo(StepRole.NONE);
        assertThat(roles.of(PASSWORD).name()).isEqualTo(StepRole.NameUse.NEEDS_USER);
    }
}
