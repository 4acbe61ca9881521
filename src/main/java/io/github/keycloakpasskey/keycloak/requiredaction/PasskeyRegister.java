package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.ceremony.RegistrationObstacle;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.server.ServerSupport;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The required action in which a user creates a passkey. */
final class PasskeyRegister implements RequiredActionProvider, CredentialRegistrator {

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel login) {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    /**
     * The action has no trigger of its own: a realm, an app or an administrator requires it. But Keycloak calls this before a
     * login goes on to required actions or ends, with the event of the login.
     */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        if (ServerSupport.obstacle().isEmpty()) {
            LoginCompletionCheck.complete(context);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (ServerSupport.obstacle().isPresent()) {
            refuse(context);
            return;
        }
        CreatePasskey creation = new CreatePasskey(context);
        boolean mayWait = !creation.isRequiredByStep();
        if (mayWait && (creation.postponement().isKept() || StepUp.isDueIn(context))) {
            context.ignore();
            return;
        }
        creation.obstacle()
                .ifPresentOrElse(obstacle -> meet(context, creation, obstacle), () -> begin(context, creation));
    }

    private static void begin(RequiredActionContext context, CreatePasskey creation) {
        if (creation.isNotNeeded()) {
            context.success();
        } else {
            context.challenge(creation.page());
        }
    }

    private static void meet(RequiredActionContext context, CreatePasskey creation, RegistrationObstacle obstacle) {
        switch (obstacle) {
            case LINK_USED -> {
                if (creation.isLastOfLink()) {
                    context.challenge(creation.linkUsedPage());
                } else {
                    context.ignore();
                }
            }
            case PROOF_LOST -> context.challenge(creation.signInAgain());
            case IMPERSONATED, TEMPORARY_USER -> leaveOut(context, creation, creation.isRequiredByStep());
            case EMAIL_NOT_VERIFIED ->
                leaveOut(context, creation, creation.isRequiredByStep() && creation.isVerificationImpossible());
            case TOO_MANY_PASSKEYS -> meetFull(context, creation);
        }
    }

    /** A login that must not end without the passkey ends here, as Keycloak would go on without it. */
    private static void leaveOut(RequiredActionContext context, CreatePasskey creation, boolean isRequired) {
        if (isRequired) {
            context.challenge(creation.notPossiblePage());
        } else {
            context.ignore();
        }
    }

    private static void meetFull(RequiredActionContext context, CreatePasskey creation) {
        if (creation.isNotNeeded()) {
            context.success();
        } else if (creation.isRequestedByApp()) {
            context.challenge(creation.fullPage());
        } else if (creation.replacement().isOffered()) {
            context.challenge(creation.replacePage());
        } else {
            // A user with that many passkeys has what the action is for.
            context.success();
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (ServerSupport.obstacle().isPresent()) {
            refuse(context);
            return;
        }
        LoginCompletionCheck.requireUser(context);
        CreatePasskey creation = new CreatePasskey(context);
        if (creation.postponement().isChosenBy(context.getHttpRequest().getDecodedFormParameters())) {
            // Keycloak lets an action be ignored only where it begins, so that it asks once more.
            creation.postponement().keep();
            context.cancel();
        } else if (creation.replacement().isPosted()) {
            choose(context, creation);
        } else {
            creation.judge()
                    .decide(
                            stored -> {
                                creation.confirm(stored);
                                context.success();
                            },
                            refusal -> context.challenge(creation.refuse(refusal)));
        }
    }

    /** On a server that lacks something the extension needs. */
    private static void refuse(RequiredActionContext context) {
        Refusal.ofRegistration(KeycloakReason.SERVER_UNSUPPORTED).tell(context.getEvent(), context.form());
        context.challenge(context.form().createErrorPage(Response.Status.SERVICE_UNAVAILABLE));
    }

    private static void choose(RequiredActionContext context, CreatePasskey creation) {
        if (creation.replacement().isDeclined()) {
            context.success();
        } else {
            creation.replacement().choose();
            context.challenge(creation.isFull() ? creation.replacePage() : creation.page());
        }
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
