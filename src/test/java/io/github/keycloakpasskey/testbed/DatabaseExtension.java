package io.github.keycloakpasskey.testbed;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Runs a class once for each database that it names, and tells the rest of the test bed which one it is. */
final class DatabaseExtension implements ClassTemplateInvocationContextProvider, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(DatabaseExtension.class);

    /** The database of a test: Keycloak's own H2 where its class names none. */
    static DatabaseKind kind(ExtensionContext context) {
        return context.getStore(NAMESPACE).getOrDefault(DatabaseKind.class, DatabaseKind.class, DatabaseKind.H2);
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(OnEachDatabase.class);
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        OnEachDatabase databases = context.getRequiredTestClass().getAnnotation(OnEachDatabase.class);
        return Arrays.stream(databases.value()).map(Run::new);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return KeycloakServer.of(context).database();
    }

    private record Run(DatabaseKind kind) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return kind.name();
        }

        @Override
        public void prepareInvocation(ExtensionContext context) {
            context.getStore(NAMESPACE).put(DatabaseKind.class, kind);
        }
    }
}
