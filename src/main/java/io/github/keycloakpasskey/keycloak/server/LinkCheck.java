package io.github.keycloakpasskey.keycloak.server;

import io.github.keycloakpasskey.keycloak.server.Reference.ToField;
import io.github.keycloakpasskey.keycloak.server.Reference.ToMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Whether classes of this extension link against the classes of a server, found out before any page needs them. It looks
 * for each class, field and method that the class files refer to, as the JVM would, and for abstract methods that our
 * classes leave out.
 */
final class LinkCheck {

    private static final String OWN = "io.github.keycloakpasskey.";
    private static final String INITIALIZER = "<init>";

    private final ClassLoader loader;
    private final Map<String, Optional<Class<?>>> classes = new HashMap<>();
    private final Set<String> checked = new HashSet<>();
    private final Set<String> missing = new TreeSet<>();

    private LinkCheck(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Checks classes of this extension, and those of its classes that they refer to.
     *
     * @param loader finds these classes, and those of the server
     * @param roots binary names
     */
    static LinkCheck of(ClassLoader loader, Collection<String> roots) {
        LinkCheck check = new LinkCheck(loader);
        check.checkAll(roots);
        return check;
    }

    /** What the server lacks; empty where all of it links. */
    Set<String> missing() {
        return Collections.unmodifiableSet(missing);
    }

    /** The classes of this extension that were checked, by their binary names. */
    Set<String> checked() {
        return Collections.unmodifiableSet(checked);
    }

    private void checkAll(Collection<String> roots) {
        Deque<String> open = new ArrayDeque<>(roots);
        checked.addAll(roots);
        while (!open.isEmpty()) {
            String name = open.remove();
            Set<Reference> references = references(name);
            references.forEach(this::check);
            references.stream()
                    .map(Reference::owner)
                    .filter(owner -> owner.startsWith(OWN) && checked.add(owner))
                    .forEach(open::add);
            find(name).ifPresent(this::checkAbstractMethods);
        }
    }

    private Set<Reference> references(String name) {
        try (InputStream file = loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            return file == null ? Set.of() : ClassFile.references(file);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private void check(Reference reference) {
        find(reference.owner())
                .filter(owner -> !isOfJdk(owner) && !has(owner, reference))
                .ifPresent(owner -> missing.add(reference.toString()));
    }

    /** A class that cannot be loaded is noted once, and not again for each of its members. */
    private Optional<Class<?>> find(String name) {
        return classes.computeIfAbsent(name, this::load);
    }

    private Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError e) {
            missing.add("class " + name + (name.startsWith(OWN) ? " (" + e + ")" : ""));
            return Optional.empty();
        }
    }

    private static boolean isOfJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    private static boolean has(Class<?> owner, Reference reference) {
        try {
            if (reference instanceof ToField field) {
                return lineage(owner).flatMap(LinkCheck::fields).anyMatch(found -> matches(found, field));
            }
            return !(reference instanceof ToMethod method) || has(owner, method);
        } catch (LinkageError e) {
            // Another member of the class needs what is missing: that says nothing of this one.
            return true;
        }
    }

    private static boolean has(Class<?> owner, ToMethod method) {
        if (method.name().equals(INITIALIZER)) {
            return Arrays.stream(owner.getDeclaredConstructors()).anyMatch(found -> matches(found, method));
        }
        return owner.isInterface() == method.ofInterface()
                && lineage(owner).flatMap(LinkCheck::methods).anyMatch(found -> matches(found, method));
    }

    private static Stream<Field> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields());
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods());
    }

    private static boolean matches(Field found, ToField wanted) {
        return found.getName().equals(wanted.name())
                && found.getType().descriptorString().equals(wanted.descriptor())
                && isAccessible(found.getDeclaringClass(), found.getModifiers());
    }

    private static boolean matches(Constructor<?> found, ToMethod wanted) {
        return ToMethod.descriptor(void.class, found.getParameterTypes()).equals(wanted.descriptor())
                && isAccessible(found.getDeclaringClass(), found.getModifiers());
    }

    private static boolean matches(Method found, ToMethod wanted) {
        return found.getName().equals(wanted.name())
                && descriptor(found).equals(wanted.descriptor())
                && isAccessible(found.getDeclaringClass(), found.getModifiers());
    }

    private static String descriptor(Method method) {
        return ToMethod.descriptor(method.getReturnType(), method.getParameterTypes());
    }

    /** Our own classes reach members of each other that are not public; those of the server must be open to subclasses. */
    private static boolean isAccessible(Class<?> declaring, int modifiers) {
        return declaring.getName().startsWith(OWN) || Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** The class, all that it extends and implements, and {@link Object}, whose methods interfaces have as well. */
    private static Stream<Class<?>> lineage(Class<?> type) {
        Set<Class<?>> lineage = new LinkedHashSet<>();
        addLineage(type, lineage);
        lineage.add(Object.class);
        return lineage.stream();
    }

    private static void addLineage(Class<?> type, Set<Class<?>> lineage) {
        if (type != null && lineage.add(type)) {
            addLineage(type.getSuperclass(), lineage);
            Arrays.stream(type.getInterfaces()).forEach(parent -> addLineage(parent, lineage));
        }
    }

    private void checkAbstractMethods(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            return;
        }
        try {
            Stream.concat(Arrays.stream(type.getMethods()), inheritedFromClasses(type))
                    .filter(method -> Modifier.isAbstract(method.getModifiers()))
                    .forEach(method -> missing.add("implementation of " + describe(method) + " in " + type.getName()));
        } catch (LinkageError e) {
            missing.add("class " + type.getName() + " (" + e + ")");
        }
    }

    /** The methods of its superclasses that the class does not override; {@link Class#getMethods} gives public ones alone. */
    private static Stream<Method> inheritedFromClasses(Class<?> type) {
        Map<String, Method> inherited = new HashMap<>();
        for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
            methods(parent).forEach(method -> inherited.putIfAbsent(method.getName() + descriptor(method), method));
        }
        return inherited.values().stream();
    }

    private static String describe(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName() + descriptor(method);
    }
}
