package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.authentication.PasskeySignIn.Showing;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPost;
import io.github.keycloakpasskey.keycloak.ceremony.TypedName;
import io.github.keycloakpasskey.keycloak.ceremony.UsedPasskey;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.webauthn.FailureReason;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticator;

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
            context.resetFlow();
        } else {
            super.authenticate(PasskeyUsernamePage.in(context, Showing.FIRST));
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (LoginTab.isMixedUp(context)) {
            context.resetFlow();
        } else if (PasskeyPost.isIn(context.getHttpRequest().getDecodedFormParameters())) {
            PasskeySignIn signIn = new PasskeySignIn(context);
            signIn.judge()
                    .decide(passkey -> goOn(context, signIn, passkey), reason -> askAgain(context, signIn, reason));
        } else {
            super.action(PasskeyUsernamePage.in(context, Showing.AGAIN));
        }
        forgetWhoIsTurnedAway(context);
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
     * Such as who is no member: else the page loaded again would go on with the next step, membership or not. What is
     * left of single sign-on then has no user: {@link LoginTab#isMixedUp}.
     */
    private static void forgetWhoIsTurnedAway(AuthenticationFlowContext context) {
        if (context.getStatus() == FlowStatus.FAILED) {
            UsedPasskey.forgetIn(context.getAuthenticationSession());
            TypedName.forget(context.getAuthenticationSession());
            context.getAuthenticationSession().removeAuthNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
            context.getAuthenticationSession().removeClientNote(OrganizationModel.ORGANIZATION_ATTRIBUTE);
            context.clearUser();
        }
    }
}
