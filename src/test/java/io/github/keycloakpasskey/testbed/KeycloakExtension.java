package io.github.keycloakpasskey.testbed;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their {@link TestRealm}, an {@link Example} among them; keeps the server's log of those that fail. */
final class KeycloakExtension implements ParameterResolver, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(KeycloakExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRealm.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter
                .findAnnotation(Example.class)
                .map(example -> imported(context, example.value()))
                .orElseGet(() -> realm(context));
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            KeycloakServer.of(context)
                    .copyLogTo(FailureRecord.directory(context).resolve("keycloak.log"));
        }
    }

    /** The realm of this test; its store closes it afterwards. */
    private static TestRealm realm(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        TestRealm.class,
                        key -> new TestRealm(
                                KeycloakServer.of(context).baseUrl(), redirectUri(context), () -> mailbox(context)),
                        TestRealm.class);
    }

    private static TestRealm imported(ExtensionContext context, String example) {
        Path file = Example.DIRECTORY.resolve(example + ".json");
        return context.getStore(NAMESPACE)
                .computeIfAbsent(
                        file,
                        key -> TestRealm.imported(
                                KeycloakServer.of(context).baseUrl(),
                                redirectUri(context),
                                () -> mailbox(context),
                                file),
                        TestRealm.class);
    }

    private static URI redirectUri(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(StandInApp.class, key -> new StandInApp(), StandInApp.class)
                .redirectUri();
    }

    private static Mailbox mailbox(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Mailbox.class, key -> new Mailbox(), Mailbox.class);
    }
}
