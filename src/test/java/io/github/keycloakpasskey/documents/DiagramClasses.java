package io.github.keycloakpasskey.documents;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.keycloakpasskey.webauthn.FailureReason;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes of this extension, and those that they use. */
final class DiagramClasses {

    private final JavaClasses own = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.keycloakpasskey");

    private final Set<JavaClass> all = Stream.concat(
                    own.stream(),
                    own.stream()
                            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                            .map(Dependency::getTargetClass))
            .collect(Collectors.toSet());

    /** Those of this extension. */
    JavaClasses own() {
        return own;
    }

    /** Whether there is such a class, of this extension or used by it. */
    boolean hasClass(String name) {
        return named(name).findAny().isPresent();
    }

    /** Whether the class has such a method or field, of its own or inherited. */
    boolean hasMember(String owner, String name) {
        return named(owner)
                .map(JavaClass::reflect)
                .flatMap(DiagramClasses::members)
                .anyMatch(name::equals);
    }

    /** Whether this extension has or calls such a method. */
    boolean hasMethod(String name) {
        return own.stream()
                .flatMap(type -> Stream.concat(
                        type.getMethods().stream().map(method -> method.getName()),
                        type.getMethodCallsFromSelf().stream().map(JavaMethodCall::getName)))
                .anyMatch(name::equals);
    }

    /** Whether it is a value of an enum of this extension's, or of one that it uses. */
    boolean hasConstant(String name) {
        return all.stream()
                .filter(JavaClass::isEnum)
                .flatMap(type -> type.getFields().stream())
                .anyMatch(field -> field.getName().equals(name));
    }

    /** Whether administrators read it as a reason. */
    boolean hasReason(String code) {
        return Arrays.stream(FailureReason.values()).map(FailureReason::code).anyMatch(code::equals);
    }

    private Stream<JavaClass> named(String name) {
        return all.stream().filter(type -> type.getSimpleName().equals(name));
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> inherited = Stream.concat(
                        Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
                .flatMap(DiagramClasses::members);
        return Stream.of(
                        Arrays.stream(type.getDeclaredMethods()).map(method -> method.getName() + "()"),
                        Arrays.stream(type.getDeclaredFields()).map(Field::getName),
                        inherited)
                .flatMap(names -> names);
    }
}
