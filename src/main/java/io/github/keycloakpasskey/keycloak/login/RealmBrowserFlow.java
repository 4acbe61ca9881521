package io.github.keycloakpasskey.keycloak.login;

import java.util.Optional;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The browser flow of the realm. Single clients can have another one. */
public final class RealmBrowserFlow {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** The browser flow of the session's realm. */
    public RealmBrowserFlow(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Whether it has a step of this extension, in any of its subflows. */
    public boolean hasPasskeyStep() {
        return Optional.ofNullable(realm.getBrowserFlow())
                .map(AuthenticationFlowModel::getId)
                .filter(this::hasPasskeyStep)
                .isPresent();
    }

    private boolean hasPasskeyStep(String flow) {
        return realm.getAuthenticationExecutionsStream(flow)
                .filter(execution -> !execution.isDisabled())
                .anyMatch(this::isPasskeyStep);
    }

    private boolean isPasskeyStep(AuthenticationExecutionModel execution) {
        return execution.isAuthenticatorFlow()
                ? hasPasskeyStep(execution.getFlowId())
                : session.getKeycloakSessionFactory()
                                .getProviderFactory(Authenticator.class, execution.getAuthenticator())
                        instanceof StepRole.Declared;
    }
}
