package io.github.keycloakpasskey.testbed;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives the tests of a class their {@link Cluster}, which ends with the class; keeps the logs where one fails. */
final class ClusterExtension implements ParameterResolver, AfterTestExecutionCallback {

    private static final Namespace NAMESPACE = Namespace.create(ClusterExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            cluster(context).copyLogsTo(FailureRecord.directory(context));
        }
    }

    private static Cluster cluster(ExtensionContext context) {
        ExtensionContext ofClass =
                context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
        return ofClass.getStore(NAMESPACE)
                .computeIfAbsent(Start.class, key -> Start.attempt(), Start.class)
                .cluster();
    }

    /** A start that failed is not tried again by each test of the class. */
    private record Start(Optional<Cluster> started, Optional<Throwable> failure) implements AutoCloseable {

        static Start attempt() {
            try {
                return new Start(Optional.of(new Cluster(Installation.fromBuild())), Optional.empty());
            } catch (RuntimeException | Error e) {
                return new Start(Optional.empty(), Optional.of(e));
            }
        }

        Cluster cluster() {
            return started.orElseThrow(
                    () -> new IllegalStateException("The nodes did not start", failure.orElseThrow()));
        }

        @Override
        public void close() {
            started.ifPresent(Cluster::close);
        }
    }
}
