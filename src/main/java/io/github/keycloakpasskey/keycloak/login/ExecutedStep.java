package io.github.keycloakpasskey.keycloak.login;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

/**
 * A step or sub-flow that this login has executed, with any result. Keycloak keeps these for the browser tab, but not for
 * which user they were executed.
 *
 * @param authenticator the id of the authenticator; null for a sub-flow
 * @param flow the id of the top-level flow to which the step belongs
 * @param succeeded whether the step ended with success
 */
public record ExecutedStep(String authenticator, String flow, boolean succeeded) {

    /** Whether this is a step that succeeded, and not a sub-flow. */
    boolean isPassed() {
        return succeeded && authenticator != null;
    }

    static Stream<ExecutedStep> of(AuthenticationSessionModel session) {
        RealmModel realm = session.getRealm();
        Map<String, ExecutionStatus> status = session.getExecutionStatus();
        return status.keySet().stream()
                .map(realm::getAuthenticationExecutionById)
                .filter(Objects::nonNull)
                .map(execution -> of(execution, realm, status.get(execution.getId())));
    }

    private static ExecutedStep of(AuthenticationExecutionModel execution, RealmModel realm, ExecutionStatus status) {
        return new ExecutedStep(
                execution.isAuthenticatorFlow() ? null : execution.getAuthenticator(),
                AuthenticatorUtil.getTopParentFlow(realm, execution).getId(),
                status == ExecutionStatus.SUCCESS);
    }
}
