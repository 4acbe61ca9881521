package io.github.keycloakpasskey.testbed;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their {@link TestBrowser} and the {@link DemoApp}; keeps a picture and a trace of those that fail. */
final class BrowserExtension implements ParameterResolver, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(BrowserExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestBrowser.class || type == DemoApp.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DemoApp.class ? demoApp(context) : browser(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        TestBrowser browser = context.getStore(NAMESPACE).get(TestBrowser.class, TestBrowser.class);
        if (browser != null && context.getExecutionException().isPresent()) {
            browser.record(FailureRecord.directory(context));
        }
    }

    private static TestBrowser browser(ExtensionContext context) {
        ExtensionContext.Store run = context.getRoot().getStore(NAMESPACE);
        Chromium chromium = run.computeIfAbsent(Chromium.class, key -> new Chromium(), Chromium.class);
        return context.getStore(NAMESPACE)
                .computeIfAbsent(TestBrowser.class, key -> new TestBrowser(chromium), TestBrowser.class);
    }

    private static DemoApp demoApp(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(
                        DemoApp.class,
                        key -> new DemoApp(KeycloakServer.of(context).baseUrl().resolve("/realms/" + TestRealm.NAME)),
                        DemoApp.class);
    }
}
