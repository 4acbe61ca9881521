package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPage;
import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The step that is a passkey and nothing else: for anybody, or for a user who is known already. */
final class PasskeyAuthenticator implements Authenticator, CredentialValidator<CredentialProvider<?>> {

    private static final String PAGE = "passkey-authenticate.ftl";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        PasskeySignIn signIn = new PasskeySignIn(context);
        if (signIn.isDone()) {
            context.success();
        } else if (signIn.isPossible()) {
            context.challenge(page(context, signIn));
        } else {
            goOnWithoutPasskey(context, signIn);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        PasskeySignIn signIn = new PasskeySignIn(context);
        signIn.judge().decide(signIn::succeed, reason -> {
            signIn.refuse(reason);
            context.forceChallenge(page(context, signIn));
        });
    }

    /**
     * The user is known and has no passkey. Whoever has proven to be that user in this login makes one
     * before it ends; from anybody else, who may only have typed a name, a passkey is asked all the same.
     */
    private void goOnWithoutPasskey(AuthenticationFlowContext context, PasskeySignIn signIn) {
        if (context.getExecution().isAlternative()) {
            context.attempted();
        } else if (!signIn.isIdentityProven()) {
            context.challenge(page(context, signIn));
        } else if (areRequiredActionsEnabled(context.getSession(), context.getRealm())) {
            setRequiredActions(context.getSession(), context.getRealm(), context.getUser());
            context.success();
        } else {
            // As Keycloak's own steps do: without the required action nobody could make one.
            context.failure(AuthenticationFlowError.CREDENTIAL_SETUP_REQUIRED);
        }
    }

    private static Response page(AuthenticationFlowContext context, PasskeySignIn signIn) {
        signIn.open();
        PasskeyPage.complete(context.form(), context.getAuthenticationSession(), typed(context));
        return context.form().createForm(PAGE);
    }

    /** The user name that was posted with the ceremony, or else the one that the app gave along. */
    private static MultivaluedMap<String, String> typed(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> typed = new MultivaluedHashMap<>();
        if (context.getHttpRequest().getHttpMethod().equals(HttpMethod.POST)) {
            typed.putAll(context.getHttpRequest().getDecodedFormParameters());
        }
        String hint = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM);
        if (hint != null) {
            typed.putIfAbsent(AuthenticationManager.FORM_USERNAME, List.of(hint));
        }
        return typed;
    }

    /** By its type Keycloak tells whether "Try another way" has a passkey to offer. */
    @Override
    public CredentialProvider<?> getCredentialProvider(KeycloakSession session) {
        return session.getProvider(CredentialProvider.class, PasskeyCredentialModel.TYPE);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return Passkeys.of(session).hasAny(user);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        login.addRequiredAction(PasskeyCredentialModel.CREATE_ACTION);
    }

    @Override
    public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        return List.of((RequiredActionFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(RequiredActionProvider.class, PasskeyCredentialModel.CREATE_ACTION));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
