package io.github.keycloakpasskey.testbed;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Runs a class once for each version of Keycloak, and tells the rest of the test bed which one it is. */
final class VersionExtension implements ClassTemplateInvocationContextProvider {

    private static final Namespace NAMESPACE = Namespace.create(VersionExtension.class);
    private static final String VERSION = "version";

    /** The version that a test runs on: the build's, where its class asks for no other. */
    static String version(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrDefault(VERSION, String.class, Installation.fromBuild().version());
    }

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(OnEachVersion.class);
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        return Distribution.coreVersions().stream().map(Run::new);
    }

    private record Run(String version) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return "Keycloak " + version;
        }

        @Override
        public void prepareInvocation(ExtensionContext context) {
            context.getStore(NAMESPACE).put(VERSION, version);
        }
    }
}
