package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.EmailVerification;
import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.server.ServerSupport;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import java.util.List;
import org.keycloak.authentication.FormAction;
import org.keycloak.authentication.FormContext;
import org.keycloak.authentication.ValidationContext;
import org.keycloak.events.Details;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;

/**
 * Signing up with a passkey. The form itself shows nothing of it: a user who signed up must create a passkey before this
 * login ends, or a later one.
 */
final class RegistrationPasskey implements FormAction {

    @Override
    public void buildPage(FormContext context, LoginFormsProvider form) {
        // Without an action that asks for one, Keycloak's form has no password.
    }

    /** No user signs up who could not create a passkey then, and so would have no way to sign in. */
    @Override
    public void validate(ValidationContext context) {
        if (ServerSupport.obstacle().isPresent()) {
            refuse(context, KeycloakReason.SERVER_UNSUPPORTED);
        } else if (!PasskeySettings.isRegistrationEnabled(context.getRealm())) {
            refuse(context, KeycloakReason.REQUIRED_ACTION_DISABLED);
        } else if (EmailVerification.isImpossible(context.getRealm())) {
            refuse(context, KeycloakReason.EMAIL_NOT_VERIFIABLE);
        } else {
            context.success();
        }
    }

    private static void refuse(ValidationContext context, KeycloakReason reason) {
        Refusal refusal = Refusal.ofRegistration(reason);
        context.getEvent().detail(Details.REASON, reason.code());
        context.error(refusal.eventError());
        context.validationError(
                context.getHttpRequest().getDecodedFormParameters(), List.of(new FormMessage(refusal.messageKey())));
    }

    /** On the user and not on this login, so that it survives the login. */
    @Override
    public void success(FormContext context) {
        context.getUser().addRequiredAction(PasskeyIds.REGISTER_ACTION);
    }

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
        // The success of the form requires the passkey.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
