package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.flow.SignInStep.Showing;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * The page that asks for the user name, with a passkey beside it, in place of Keycloak's page. Keycloak's step
 * creates its page itself, through the form of its context. So that step gets a proxy of the context whose form
 * creates this page.
 */
final class PasskeyUsernamePage implements InvocationHandler {

    private static final String PAGE = "passkey-username.ftl";

    private static final Method CREATE = methodOfForms("createLoginUsername");
    private static final Method FILL = methodOfForms("setFormData", MultivaluedMap.class);

    private final AuthenticationFlowContext context;
    private final Showing showing;
    private final LoginFormsProvider form;
    private MultivaluedMap<String, String> typed;

    private PasskeyUsernamePage(AuthenticationFlowContext context, Showing showing, LoginFormsProvider form) {
        this.context = context;
        this.showing = showing;
        this.form = form;
        this.typed = isPost(context) ? context.getHttpRequest().getDecodedFormParameters() : new MultivaluedHashMap<>();
    }

    /** Without one of these methods Keycloak would show its own page, without a passkey and without an error. */
    private static Method methodOfForms(String name, Class<?>... parameters) {
        try {
            return LoginFormsProvider.class.getMethod(name, parameters);
        } catch (NoSuchMethodException other) {
            throw new IllegalStateException("this Keycloak makes its pages in another way", other);
        }
    }

    /** The same context, in which a form's {@code createLoginUsername()} creates this page. */
    static AuthenticationFlowContext in(AuthenticationFlowContext context, Showing showing) {
        return proxy(AuthenticationFlowContext.class, (proxy, method, arguments) -> {
            Object result = call(context, method, arguments);
            return result instanceof LoginFormsProvider form
                    ? proxy(LoginFormsProvider.class, new PasskeyUsernamePage(context, showing, form))
                    : result;
        });
    }

    /** Forwards a call to the form. Methods that return the form return this proxy, so that chained calls come here
     * too. */
    @Override
    @SuppressWarnings("unchecked") // The one parameter of setFormData.
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.equals(CREATE)) {
            return create();
        }
        if (method.equals(FILL)) {
            typed = (MultivaluedMap<String, String>) arguments[0];
        }
        Object result = call(form, method, arguments);
        return result == form ? proxy : result;
    }

    private Response create() {
        PasskeyPage.complete(context.getSession(), form, context.getAuthenticationSession(), typed, true);
        new SignInStep(context).open(showing, true);
        return form.createForm(PAGE);
    }

    private static boolean isPost(AuthenticationFlowContext context) {
        return context.getHttpRequest().getHttpMethod().equals(HttpMethod.POST);
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
