package io.github.keycloakpasskey.testbed;

import java.lang.reflect.Proxy;
import java.util.Map;

/** Stands in for one of Keycloak's interfaces, and answers only what the test expects to be asked. */
public final class Stub {

    private Stub() {}

    /** What a method answers to these arguments. */
    public interface Answer {

        Object to(Object[] arguments);
    }

    /** Made of the answers of its methods, by their names. */
    public static <T> T of(Class<T> type, Map<String, Answer> answers) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Answer answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError("not expected: " + method);
                    }
                    Object value = answer.to(arguments);
                    return method.getReturnType() == void.class ? null : value;
                }));
    }
}
