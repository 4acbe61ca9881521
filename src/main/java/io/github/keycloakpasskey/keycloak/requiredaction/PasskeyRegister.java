package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.ceremony.PasskeyEvents;
import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.policy.AttestationSources;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The required action in which a person makes a passkey. */
final class PasskeyRegister implements RequiredActionProvider, CredentialRegistrator {

    private final AttestationSources sources;

    PasskeyRegister(AttestationSources sources) {
        this.sources = sources;
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel login) {
        return PasskeyCredentialModel.TYPE;
    }

    /**
     * Has no trigger of its own: only who is asked for a passkey by a realm, an app or an administrator makes one. But it
     * is called before a login ends, with its event.
     */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        PasskeyEvents.recall(context.getEvent(), context.getAuthenticationSession(), context.getUser());
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        PasskeyRegistration registration = new PasskeyRegistration(context, sources);
        if (registration.isImpossible()) {
            context.ignore();
        } else if (registration.isNotNeeded()) {
            context.success();
        } else if (!registration.isFull()) {
            context.challenge(registration.page());
        } else if (isAskedByTheApp(context)) {
            context.challenge(registration.fullPage());
        } else {
            // Whoever has that many passkeys has what the action is for.
            context.success();
        }
    }

    private static boolean isAskedByTheApp(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        return login.getClientNote(Constants.KC_ACTION_EXECUTING) != null
                && !Boolean.parseBoolean(login.getClientNote(Constants.KC_ACTION_ENFORCED));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        PasskeyRegistration registration = new PasskeyRegistration(context, sources);
        registration
                .judge()
                .decide(
                        passkey -> {
                            registration.confirm(passkey);
                            context.success();
                        },
                        reason -> context.challenge(registration.refuse(reason)));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
