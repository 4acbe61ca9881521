package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialChooseUser;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The step in which a user who lost their passkeys says who they are. It is Keycloak's own step, on a page that speaks of
 * passkeys and not of passwords.
 */
final class PasskeyRecoveryUser extends StepForAnyone {

    private static final String PAGE = "passkey-recovery.ftl";

    /** For the template: the name that was entered before, or that the app suggests. */
    private static final String SUGGESTED_NAME = "suggestedName";

    private static final Method CREATE = Intercepted.method(LoginFormsProvider.class, "createPasswordReset");
    private static final Authenticator KEYCLOAKS = new ResetCredentialChooseUser();

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        KEYCLOAKS.authenticate(withPage(context));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        KEYCLOAKS.action(withPage(context));
    }

    private static AuthenticationFlowContext withPage(AuthenticationFlowContext context) {
        return Intercepted.form(context, form -> Map.of(CREATE, none -> page(form, context)));
    }

    private static Response page(LoginFormsProvider form, AuthenticationFlowContext context) {
        AuthenticationSessionModel session = context.getAuthenticationSession();
        LoginState login = LoginState.of(session);
        PasskeyPage.complete(context.getSession(), form, session, new MultivaluedHashMap<>(), false);
        return form.setAttribute(
                        SUGGESTED_NAME,
                        login.loginHint().or(login::attemptedName).orElse(""))
                .createForm(PAGE);
    }
}
