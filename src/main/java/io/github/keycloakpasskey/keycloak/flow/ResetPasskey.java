package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.PasskeyRecovery;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.ProblemLog;
import io.github.keycloakpasskey.keycloak.settings.RecoverySettings;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.models.UserModel;

/**
 * The step in which a user who lost their passkeys gets to create a new one. The link of the recovery e-mail proves who
 * the user is; the step checks that itself, whatever the flow has before it.
 */
final class ResetPasskey extends StepForAnyone {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        LoginState login = LoginState.of(context.getAuthenticationSession());
        UserModel user = context.getUser();
        if (user == null || !login.isByRecoveryLinkOf(user.getId())) {
            // Anyone can open this page, so it is logged once.
            ProblemLog.ofServer()
                    .warn(
                            context.getRealm(),
                            "step reset-passkey",
                            "",
                            "the flow reached it without the link of a recovery e-mail; put the step"
                                    + " passkey-recovery-email before it");
            refuse(context, KeycloakReason.EMAIL_NOT_PROVEN);
        } else if (!PasskeySettings.isRegistrationEnabled(context.getRealm())) {
            refuse(context, KeycloakReason.REQUIRED_ACTION_DISABLED);
        } else {
            // As Keycloak does where an e-mailed link leads to required actions.
            user.setEmailVerified(true);
            RecoverySettings settings = RecoverySettings.of(context.getRealm(), context.getAuthenticatorConfig());
            login.begin(new PasskeyRecovery(user.getId(), settings.get(RecoverySettings.REMOVE_OLDER_PASSKEYS)));
            context.getAuthenticationSession().addRequiredAction(PasskeyIds.REGISTER_ACTION);
            context.success();
        }
    }

    /** The same for every name, including those that no user has. */
    private static void refuse(AuthenticationFlowContext context, KeycloakReason reason) {
        Refusal.ofRegistration(reason).tell(context.getEvent(), context.form());
        context.failure(
                AuthenticationFlowError.ACCESS_DENIED, context.form().createErrorPage(Response.Status.BAD_REQUEST));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // Its pages post nothing.
        authenticate(context);
    }
}
