package io.github.keycloakpasskey.keycloak.server;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;

/**
 * A public method that a supported version of Keycloak may lack, so that no code can be compiled against it. It is looked
 * up once, by its name; where Keycloak has no such method, or several, it counts as missing, and the caller falls back to
 * what older versions do.
 */
final class NewerMethod {

    private final Optional<MethodHandle> handle;

    private NewerMethod(Optional<MethodHandle> handle) {
        this.handle = handle;
    }

    static NewerMethod of(Class<?> owner, String name) {
        Method[] found = Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(name) && !method.isBridge())
                .toArray(Method[]::new);
        boolean isCallable = found.length == 1 && Modifier.isPublic(owner.getModifiers());
        return new NewerMethod(isCallable ? Optional.of(handle(found[0])) : Optional.empty());
    }

    /** The method of that name of what this method returns; missing where this one is. */
    NewerMethod ofResult(String name) {
        return handle.map(found -> of(found.type().returnType(), name)).orElse(this);
    }

    private static MethodHandle handle(Method method) {
        try {
            return MethodHandles.publicLookup().unreflect(method);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(method + " is public", impossible);
        }
    }

    boolean isPresent() {
        return handle.isPresent();
    }

    /**
     * Calls the method, which must be present.
     *
     * @param arguments the object first, unless the method is static
     * @return what the method returns; empty for null
     */
    Optional<Object> call(Object... arguments) {
        try {
            return Optional.ofNullable(handle.orElseThrow().invokeWithArguments(arguments));
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable checked) {
            throw new IllegalStateException(checked);
        }
    }
}
