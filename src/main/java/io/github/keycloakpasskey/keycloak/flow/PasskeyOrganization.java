package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.flow.PasskeySignIn.Showing;
import io.github.keycloakpasskey.keycloak.login.AttemptedUsername;
import io.github.keycloakpasskey.keycloak.login.CompletedPasskey;
import io.github.keycloakpasskey.keycloak.login.IdentityProof;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.browser.PasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticator;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The identity-first login of organizations: whoever types a name and whoever uses a passkey is led to their
 * organization by Keycloak's own step. After a passkey it leaves the login to the next step, as after a name; the
 * steps of this extension see there that the passkey was used.
 */
final class PasskeyOrganization extends OrganizationAuthenticator {

    private static final Set<String> TAKING_NAMES =
            Set.of(PasskeyUsernamePasswordFormFactory.ID, PasskeyAuthenticatorFactory.ID);

    private static final Set<String> TAKING_USERS =
            Set.of(UsernamePasswordFormFactory.PROVIDER_ID, PasswordFormFactory.PROVIDER_ID);

    PasskeyOrganization(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (!UserSwitchGuard.startsAnew(context)) {
            super.authenticate(PasskeyUsernamePage.in(context, Showing.FIRST));
            leaveToTheNext(context);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (UserSwitchGuard.startsAnew(context)) {
            return;
        }
        if (PasskeyPost.isIn(context.getHttpRequest().getDecodedFormParameters())) {
            PasskeySignIn signIn = new PasskeySignIn(context);
            signIn.judge()
                    .decide(passkey -> goOn(context, signIn, passkey), reason -> askAgain(context, signIn, reason));
        } else {
            super.action(PasskeyUsernamePage.in(context, Showing.AGAIN));
        }
        leaveToTheNext(context);
    }

    private void goOn(AuthenticationFlowContext context, PasskeySignIn signIn, Passkey passkey) {
        signIn.accept(passkey);
        // The organization of a name that was typed before, and that nobody has, is forgotten as the name is.
        context.getAuthenticationSession().removeAuthNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
        super.action(PasskeyUsernamePage.in(context, Showing.AGAIN));
    }

    private void askAgain(AuthenticationFlowContext context, PasskeySignIn signIn, FailureReason reason) {
        signIn.refuse(reason);
        super.authenticate(PasskeyUsernamePage.in(context, Showing.REFUSED));
    }

    /**
     * What Keycloak's step leaves behind. Who is turned away, as who is no member, is forgotten: else the page loaded
     * again would go on with the next step, membership or not. What is left of single sign-on then has no user, and
     * {@link UserSwitchGuard#startsAnew}. And a name that somebody has typed makes nobody the login's user here either, if the
     * steps that follow take a name's proof.
     */
    private static void leaveToTheNext(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (context.getStatus() == FlowStatus.FAILED) {
            CompletedPasskey.forgetIn(login);
            AttemptedUsername.forget(login);
            login.removeAuthNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
            login.removeClientNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
            UserSwitchGuard.forgetUser(context);
        } else if (context.getStatus() == FlowStatus.ATTEMPTED) {
            hideName(context, login);
        }
    }

    private static void hideName(AuthenticationFlowContext context, AuthenticationSessionModel login) {
        Optional<UserModel> user = Optional.ofNullable(context.getUser());
        String posted = login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        // Beside a choice of organizations any name can be posted; Keycloak goes on with the user that it knows.
        String typed = user.filter(known -> !isNameOf(known, posted))
                .map(UserModel::getUsername)
                .orElse(posted);
        if (typed == null) {
            return;
        }
        login.setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, typed);
        boolean isNameAlone =
                IdentityProof.of(context).filter(IdentityProof::isKnownHere).isEmpty();
        if (isNameAlone && hasStepForNames(context)) {
            AttemptedUsername.remember(login, typed, user);
            UserSwitchGuard.forgetUser(context);
        }
    }

    private static boolean isNameOf(UserModel user, String name) {
        return name == null
                || name.strip().equalsIgnoreCase(user.getUsername())
                || name.strip().equalsIgnoreCase(user.getEmail());
    }

    /** Keycloak's own forms know users alone: after a name without one they refuse even its owner's password. */
    private static boolean hasStepForNames(AuthenticationFlowContext context) {
        List<String> steps = UserSwitchGuard.enabledSteps(
                        context.getRealm(), context.getTopLevelFlow().getId())
                .map(AuthenticationExecutionModel::getAuthenticator)
                .toList();
        return steps.stream().anyMatch(TAKING_NAMES::contains) && steps.stream().noneMatch(TAKING_USERS::contains);
    }
}
