package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.page.Refusal;
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
 * The part of signing up that is a passkey. The form itself shows nothing of it: who signed up has to
 * make one before the login ends, or at any later one.
 */
final class RegistrationPasskey implements FormAction {

    @Override
    public void buildPage(FormContext context, LoginFormsProvider form) {
        // Without an action that asks for it, Keycloak's form has no password.
    }

    /** Nobody is signed up who could not make a passkey then, and so would have no way to sign in. */
    @Override
    public void validate(ValidationContext context) {
        if (PasskeySettings.isRegistrationEnabled(context.getRealm())) {
            context.success();
        } else {
            Refusal refusal = Refusal.of(KeycloakReason.REQUIRED_ACTION_DISABLED);
            context.getEvent().detail(Details.REASON, refusal.reason().code());
            context.error(refusal.eventError());
            context.validationError(
                    context.getHttpRequest().getDecodedFormParameters(),
                    List.of(new FormMessage(refusal.messageKey())));
        }
    }

    /** On the user and not on this login, so that it survives it. */
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
        // Its success has asked for the passkey.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
