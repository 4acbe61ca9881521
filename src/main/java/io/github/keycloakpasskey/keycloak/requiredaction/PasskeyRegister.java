package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.settings.AttestationSources;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
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
     * is called before a login goes on to required actions or ends, with its event.
     */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        LoginCompletionCheck.reached(context);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        PasskeyRegistration registration = new PasskeyRegistration(context, sources);
        registration.refuseUsedLink();
        if (registration.isImpossible() || registration.comesAfterEmail()) {
            context.ignore();
        } else if (registration.isNotNeeded()) {
            context.success();
        } else if (!registration.isFull()) {
            context.challenge(registration.page());
        } else if (registration.isAskedByTheApp()) {
            context.challenge(registration.fullPage());
        } else if (registration.replacement().isOffered()) {
            context.challenge(registration.replacePage());
        } else {
            // Whoever has that many passkeys has what the action is for.
            context.success();
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        PasskeyRegistration registration = new PasskeyRegistration(context, sources);
        if (registration.replacement().isPosted()) {
            choose(context, registration);
        } else {
            registration
                    .judge()
                    .decide(
                            stored -> {
                                registration.confirm(stored);
                                context.success();
                            },
                            reason -> context.challenge(registration.refuse(reason)));
        }
    }

    private static void choose(RequiredActionContext context, PasskeyRegistration registration) {
        if (registration.replacement().isDeclined()) {
            context.success();
        } else {
            registration.replacement().choose();
            context.challenge(registration.isFull() ? registration.replacePage() : registration.page());
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
