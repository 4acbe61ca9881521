package io.github.keycloakpasskey.keycloak.flow;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Function;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * An object of Keycloak's, some of whose methods do something else. Keycloak's own steps create their pages and e-mails
 * themselves, through their context; a step of this extension that builds on one of them gives it another context.
 */
final class Intercepted implements InvocationHandler {

    /** What a method does instead. */
    interface Answer {

        Object to(Object[] arguments) throws Throwable;
    }

    private static final Method FORM = method(AuthenticationFlowContext.class, "form");

    private final Object target;
    private final Map<Method, Answer> answers;

    private Intercepted(Object target, Map<Method, Answer> answers) {
        this.target = target;
        this.answers = answers;
    }

    /** The object, with other answers to these methods. */
    static <T> T of(Class<T> type, T target, Map<Method, Answer> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Intercepted(target, answers)));
    }

    /** The context, whose form has other answers to these methods. */
    static AuthenticationFlowContext form(
            AuthenticationFlowContext context, Function<LoginFormsProvider, Map<Method, Answer>> answers) {
        return of(AuthenticationFlowContext.class, context, Map.of(FORM, none -> form(context.form(), answers)));
    }

    private static LoginFormsProvider form(
            LoginFormsProvider form, Function<LoginFormsProvider, Map<Method, Answer>> answers) {
        return of(LoginFormsProvider.class, form, answers.apply(form));
    }

    /**
     * A method to intercept.
     *
     * @throws IllegalStateException if there is no such method, so that Keycloak would show its own page without an error
     */
    static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException other) {
            throw new IllegalStateException("this Keycloak has no " + type.getSimpleName() + "." + name, other);
        }
    }

    /** Methods that return the object return its proxy, so that chained calls come here too. */
    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Answer answer = answers.get(method);
        Object result = answer == null ? call(method, arguments) : answer.to(arguments);
        return result == target ? proxy : result;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
