package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.ActionLink;
import io.github.keycloakpasskey.keycloak.login.Recovery;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.RecoverySettings;
import io.github.keycloakpasskey.webauthn.FailureReason;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * The step that lets somebody make a new passkey who has none at hand. What proves who that is, is the
 * link of the e-mail; the step sees to that itself, whatever stands before it in the flow.
 */
final class ResetPasskey implements Authenticator {

    private static final Logger LOG = Logger.getLogger(ResetPasskey.class);

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        UserModel user = context.getUser();
        if (!ActionLink.leadTo(context.getAuthenticationSession(), user)) {
            LOG.warnf(
                    "realm %s: the step reset-passkey was reached without an e-mail's link; in its flow the step"
                            + " reset-credential-email has to come before it",
                    context.getRealm().getName());
            refuse(context, FailureReason.EMAIL_NOT_PROVEN);
        } else if (!PasskeySettings.isRegistrationEnabled(context.getRealm())) {
            refuse(context, FailureReason.REQUIRED_ACTION_DISABLED);
        } else {
            // As Keycloak does where an e-mail's link leads to required actions.
            user.setEmailVerified(true);
            RecoverySettings settings = RecoverySettings.of(context.getRealm(), context.getAuthenticatorConfig());
            Recovery.begin(
                    context.getAuthenticationSession(), user, settings.get(RecoverySettings.REMOVE_OLDER_PASSKEYS));
            context.success();
        }
    }

    /** The same for all names, those that nobody has too. */
    private static void refuse(AuthenticationFlowContext context, FailureReason reason) {
        Refusal.of(reason).tell(context.getEvent(), context.form());
        context.failure(
                AuthenticationFlowError.ACCESS_DENIED, context.form().createErrorPage(Response.Status.BAD_REQUEST));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // Its pages have nothing to post.
        authenticate(context);
    }

    /** In a flow that was built wrongly it has to be refused as everybody is. */
    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nothing has to be set up before.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
