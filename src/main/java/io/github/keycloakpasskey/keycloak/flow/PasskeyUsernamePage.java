package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.flow.SignInStep.Showing;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * The page that asks for the user name, with a passkey beside it. It is created in place of Keycloak's page where a step of
 * Keycloak's asks for that one.
 */
final class PasskeyUsernamePage {

    private static final String PAGE = "passkey-username.ftl";

    private static final Method CREATE = Intercepted.method(LoginFormsProvider.class, "createLoginUsername");
    private static final Method FILL =
            Intercepted.method(LoginFormsProvider.class, "setFormData", MultivaluedMap.class);

    private final AuthenticationFlowContext context;
    private final Showing showing;
    private final LoginFormsProvider form;
    private MultivaluedMap<String, String> typed;

    private PasskeyUsernamePage(
            AuthenticationFlowContext context,
            Showing showing,
            LoginFormsProvider form,
            MultivaluedMap<String, String> typed) {
        this.context = context;
        this.showing = showing;
        this.form = form;
        this.typed = typed;
    }

    /** The page with these fields filled in. */
    static Response create(AuthenticationFlowContext context, Showing showing, MultivaluedMap<String, String> typed) {
        LoginFormsProvider form = context.form().setFormData(typed);
        return new PasskeyUsernamePage(context, showing, form, typed).create();
    }

    /** The same context, in which a form's {@code createLoginUsername()} creates this page. */
    static AuthenticationFlowContext in(AuthenticationFlowContext context, Showing showing) {
        return Intercepted.form(context, form -> {
            PasskeyUsernamePage page = new PasskeyUsernamePage(context, showing, form, posted(context));
            return Map.of(CREATE, none -> page.create(), FILL, page::fill);
        });
    }

    @SuppressWarnings("unchecked") // The one parameter of setFormData.
    private LoginFormsProvider fill(Object[] arguments) {
        typed = (MultivaluedMap<String, String>) arguments[0];
        return form.setFormData(typed);
    }

    private Response create() {
        PasskeyPage.complete(context.getSession(), form, context.getAuthenticationSession(), typed, true);
        new SignInStep(context).open(showing, true);
        return form.createForm(PAGE);
    }

    private static MultivaluedMap<String, String> posted(AuthenticationFlowContext context) {
        return context.getHttpRequest().getHttpMethod().equals(HttpMethod.POST)
                ? context.getHttpRequest().getDecodedFormParameters()
                : new MultivaluedHashMap<>();
    }
}
