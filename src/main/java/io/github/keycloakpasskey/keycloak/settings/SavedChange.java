package io.github.keycloakpasskey.keycloak.settings;

import jakarta.ws.rs.core.Response;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponse;

/** A change that an administrator saves, of which an event listener learns in the transaction that saves it. */
final class SavedChange {

    private SavedChange() {}

    /**
     * Makes the transaction fail when it is about to commit. Keycloak only logs an exception of a listener.
     *
     * @param problem what the administrator has to correct
     */
    static void refuse(KeycloakSession session, String problem) {
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                throw ErrorResponse.error(problem, Response.Status.BAD_REQUEST);
            }

            @Override
            protected void rollbackImpl() {
                // Nothing was changed.
            }
        });
    }
}
