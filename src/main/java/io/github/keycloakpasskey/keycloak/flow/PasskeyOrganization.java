package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.VerifiedPasskey;
import io.github.keycloakpasskey.keycloak.flow.SignInStep.Showing;
import io.github.keycloakpasskey.keycloak.login.AttemptedUsername;
import io.github.keycloakpasskey.keycloak.login.IdentityProof;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.StepRoles;
import io.github.keycloakpasskey.keycloak.login.UserByName;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.server.OrganizationHint;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticator;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * The identity-first login of organizations. Keycloak's own step leads a user to their organization, whether they enter a
 * name or use a passkey. After a passkey this step leaves the login to the next step, as it does after a name; the steps
 * of this extension see there that the passkey was verified.
 */
final class PasskeyOrganization extends OrganizationAuthenticator {

    PasskeyOrganization(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (LoginState.of(context.getAuthenticationSession()).loginHint().isPresent()) {
            OrganizationHint.hideAccount(context.getAuthenticationSession());
        }
        Optional<String> suggested =
                LoginState.of(context.getAuthenticationSession()).loginHint();
        boolean isNamed = context.getUser() == null;
        super.authenticate(PasskeyUsernamePage.in(context, Showing.FIRST));
        finish(context, suggested.filter(name -> isNamed));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (PasskeyPost.isIn(context.getHttpRequest().getDecodedFormParameters())) {
            SignInStep signIn = new SignInStep(context);
            signIn.judge()
                    .decide(
                            passkey -> findOrganization(context, signIn, passkey),
                            refusal -> askAgain(context, signIn, refusal));
            finish(context, Optional.empty());
        } else {
            Optional<String> entered = Optional.ofNullable(
                    context.getHttpRequest().getDecodedFormParameters().getFirst(AuthenticationManager.FORM_USERNAME));
            boolean isNamed = context.getUser() == null;
            super.action(PasskeyUsernamePage.in(context, Showing.AGAIN));
            finish(context, entered.filter(name -> isNamed));
        }
    }

    private void findOrganization(AuthenticationFlowContext context, SignInStep signIn, VerifiedPasskey passkey) {
        signIn.accept(passkey);
        // The organization of a name that was entered before goes with the name.
        LoginState.of(context.getAuthenticationSession()).forgetOrganizationOfName();
        super.action(PasskeyUsernamePage.in(context, Showing.AGAIN));
    }

    private void askAgain(AuthenticationFlowContext context, SignInStep signIn, Refusal refusal) {
        signIn.refuse(refusal);
        super.authenticate(PasskeyUsernamePage.in(context, Showing.REFUSED));
    }

    /**
     * Corrects what Keycloak's step leaves behind. A user whom it refuses, for example because they are no member, is taken
     * from the login: otherwise the page, loaded again, would go on with the next step. Single sign-on then has no user, and
     * the guard restarts the login. A name alone does not make its account the login's user.
     *
     * @param name the name by which Keycloak's step looked up the user; empty where it did not
     */
    private static void finish(AuthenticationFlowContext context, Optional<String> name) {
        LoginState login = LoginState.of(context.getAuthenticationSession());
        if (name.filter(entered -> isOfAnotherUser(entered, context)).isPresent()) {
            goOnWithoutUser(context, login, name.get());
        } else if (context.getStatus() == FlowStatus.FAILED) {
            login.forgetCompletedPasskey();
            login.forgetAttemptedName();
            login.forgetOrganization();
            LoginUser.forget(context);
        } else if (context.getStatus() == FlowStatus.ATTEMPTED) {
            Optional<UserModel> user = Optional.ofNullable(context.getUser());
            AttemptedUsername.nameToKeep(
                            login.attemptedName(), user, UserByName.of(context.getSession(), context.getRealm()))
                    .ifPresent(kept -> keepName(context, login, kept, user));
        }
    }

    /** Whether Keycloak's step has found a user whose name only resembles the one that it looked up. */
    private static boolean isOfAnotherUser(String entered, AuthenticationFlowContext context) {
        return context.getUser() != null
                && !UserByName.of(context.getSession(), context.getRealm()).isNameOf(context.getUser(), entered);
    }

    /** Goes on as with a name that no user has, whatever Keycloak's step has decided for the user that it found. */
    private static void goOnWithoutUser(AuthenticationFlowContext context, LoginState login, String name) {
        login.forgetOrganizationOfName();
        LoginUser.forget(context);
        keepName(context, login, name, Optional.empty());
        context.attempted();
    }

    private static void keepName(
            AuthenticationFlowContext context, LoginState login, String name, Optional<UserModel> user) {
        login.showAttemptedName(name);
        boolean mustHideAccount = !IdentityProof.of(context).isProvenOrHasSession();
        if (mustHideAccount && flowTakesNames(context)) {
            login.attempt(name, user.map(found -> found.getId()));
            LoginUser.forget(context);
        }
    }

    private static boolean flowTakesNames(AuthenticationFlowContext context) {
        return StepRoles.of(context.getSession())
                .takeNames(enabledSteps(
                                context.getRealm(), context.getTopLevelFlow().getId())
                        .map(AuthenticationExecutionModel::getAuthenticator)
                        .toList());
    }

    /** The steps of a flow and of its sub-flows. */
    private static Stream<AuthenticationExecutionModel> enabledSteps(RealmModel realm, String flow) {
        return realm.getAuthenticationExecutionsStream(flow)
                .filter(AuthenticationExecutionModel::isEnabled)
                .flatMap(step -> step.isAuthenticatorFlow() ? enabledSteps(realm, step.getFlowId()) : Stream.of(step));
    }
}
