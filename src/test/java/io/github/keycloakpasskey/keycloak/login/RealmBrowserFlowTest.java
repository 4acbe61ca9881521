package io.github.keycloakpasskey.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Stub;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Whether the realm's browser flow has a step of this extension. */
class RealmBrowserFlowTest {

    private static final String OURS = "ours";
    private static final String KEYCLOAKS = "keycloaks";
    private static final String UNKNOWN = "removed";

    /** The factory of a step of this extension. */
    private interface OurFactory extends AuthenticatorFactory, StepRole.Declared {}

    @Test
    void aFlowOfKeycloaksStepsHasNone() {
        assertThat(hasPasskeyStep(Map.of("top", List.of(step(KEYCLOAKS), step(UNKNOWN)))))
                .isFalse();
    }

    @Test
    void aStepOfTheFlowIsFound() {
        assertThat(hasPasskeyStep(Map.of("top", List.of(step(KEYCLOAKS), step(OURS)))))
                .isTrue();
    }

    @Test
    void aStepOfASubflowIsFound() {
        assertThat(hasPasskeyStep(Map.of(
                        "top", List.of(step(KEYCLOAKS), subflow("forms")),
                        "forms", List.of(subflow("inner")),
                        "inner", List.of(step(OURS)))))
                .isTrue();
    }

    @Test
    void aDisabledStepDoesNotCount() {
        AuthenticationExecutionModel disabled = step(OURS);
        disabled.setRequirement(Requirement.DISABLED);

        assertThat(hasPasskeyStep(Map.of("top", List.of(disabled)))).isFalse();
    }

    @Test
    void theStepsOfADisabledSubflowDoNotCount() {
        AuthenticationExecutionModel disabled = subflow("forms");
        disabled.setRequirement(Requirement.DISABLED);

        assertThat(hasPasskeyStep(Map.of("top", List.of(disabled), "forms", List.of(step(OURS)))))
                .isFalse();
    }

    private static boolean hasPasskeyStep(Map<String, List<AuthenticationExecutionModel>> flows) {
        AuthenticationFlowModel top = new AuthenticationFlowModel();
        top.setId("top");
        RealmModel realm = Stub.of(
                RealmModel.class,
                Map.of(
                        "getBrowserFlow",
                        none -> top,
                        "getAuthenticationExecutionsStream",
                        arguments -> flows.getOrDefault(arguments[0], List.of()).stream()));
        KeycloakContext context = Stub.of(KeycloakContext.class, Map.of("getRealm", none -> realm));
        Map<String, AuthenticatorFactory> factories = Map.of(
                OURS, Stub.of(OurFactory.class, Map.of()), KEYCLOAKS, Stub.of(AuthenticatorFactory.class, Map.of()));
        KeycloakSessionFactory factory = Stub.of(
                KeycloakSessionFactory.class,
                Map.of("getProviderFactory", arguments -> factories.get((String) arguments[1])));
        return new RealmBrowserFlow(Stub.of(
                        KeycloakSession.class,
                        Map.of("getContext", none -> context, "getKeycloakSessionFactory", none -> factory)))
                .hasPasskeyStep();
    }

    private static AuthenticationExecutionModel step(String authenticator) {
        AuthenticationExecutionModel step = new AuthenticationExecutionModel();
        step.setAuthenticator(authenticator);
        step.setRequirement(Requirement.ALTERNATIVE);
        return step;
    }

    private static AuthenticationExecutionModel subflow(String id) {
        AuthenticationExecutionModel subflow = new AuthenticationExecutionModel();
        subflow.setAuthenticatorFlow(true);
        subflow.setFlowId(id);
        subflow.setRequirement(Requirement.REQUIRED);
        return subflow;
    }
}
