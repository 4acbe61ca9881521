package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.authentication.PasskeySignIn.Showing;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPost;
import io.github.keycloakpasskey.keycloak.ceremony.TypedName;
import io.github.keycloakpasskey.keycloak.ceremony.UsedPasskey;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticator;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The identity-first login of organizations: whoever types a name and whoever uses a passkey is led to their
 * organization by Keycloak's own step. After a passkey it leaves the login to the next step, as after a name; the
 * steps of this extension see there that the passkey was used.
 */
final class PasskeyOrganization extends OrganizationAuthenticator {

    PasskeyOrganization(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (LoginTab.isMixedUp(context)) {
            LoginTab.startAnew(context);
        } else {
            super.authenticate(PasskeyUsernamePage.in(context, Showing.FIRST));
            leaveToTheNext(context);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (LoginTab.isMixedUp(context)) {
            LoginTab.startAnew(context);
        } else if (PasskeyPost.isIn(context.getHttpRequest().getDecodedFormParameters())) {
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
     * {@link LoginTab#isMixedUp}. And a name that somebody has typed makes nobody the login's user here either.
     */
    private static void leaveToTheNext(AuthenticationFlowContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (context.getStatus() == FlowStatus.FAILED) {
            UsedPasskey.forgetIn(login);
            TypedName.forget(login);
            login.removeAuthNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
            login.removeClientNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
            context.clearUser();
        } else if (context.getStatus() == FlowStatus.ATTEMPTED) {
            String typed = login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
            boolean isNameAlone = typed != null
                    && Identity.of(context).filter(Identity::isKnownHere).isEmpty();
            if (isNameAlone) {
                TypedName.remember(login, typed, Optional.ofNullable(context.getUser()));
                context.clearUser();
            }
        }
    }
}
