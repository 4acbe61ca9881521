package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.flow.PasskeySignIn.Showing;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import io.github.keycloakpasskey.keycloak.page.UsernamePrefill;
import io.github.keycloakpasskey.keycloak.server.RememberMe;
import io.github.keycloakpasskey.webauthn.FailureReason;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowCallback;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The step that is a passkey and nothing else: for anybody, or for a user who is known already. */
final class PasskeyAuthenticator implements AuthenticationFlowCallback, CredentialValidator<CredentialProvider<?>> {

    private static final String PAGE = "passkey-authenticate.ftl";

    private final KeycloakSession session;

    PasskeyAuthenticator(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        // Keycloak calls back only who has shown a page, or stands in a sub-flow.
        AuthenticatorUtil.setAuthCallbacksFactoryIds(
                context.getAuthenticationSession(), PasskeyAuthenticatorFactory.ID);
        if (UserSwitchGuard.startsAnew(context)) {
            return;
        }
        PasskeySignIn signIn = new PasskeySignIn(context);
        if (signIn.isDone()) {
            context.success();
        } else if (signIn.isPossible()) {
            context.challenge(page(context, signIn, Showing.FIRST));
        } else {
            goOnWithoutPasskey(context, signIn);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (UserSwitchGuard.startsAnew(context)) {
            return;
        }
        PasskeySignIn signIn = new PasskeySignIn(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            if (signIn.asksToRemember()) {
                                RememberMe.process(
                                        context, context.getHttpRequest().getDecodedFormParameters());
                            }
                            signIn.accept(passkey);
                            context.success();
                        },
                        reason -> {
                            signIn.refuse(reason);
                            context.forceChallenge(page(context, signIn, Showing.REFUSED));
                        });
    }

    /**
     * Whoever is named has no passkey. Who has proven to be there in this login makes one before it ends; who has to
     * prove it again goes on with what they have; and from anybody else, who may only have typed a name, a passkey is
     * asked all the same.
     */
    private void goOnWithoutPasskey(AuthenticationFlowContext context, PasskeySignIn signIn) {
        if (context.getExecution().isAlternative()) {
            context.attempted();
        } else if (signIn.isProven()) {
            makeOne(context, signIn);
        } else if (signIn.isToBeProvenAgain()) {
            context.challenge(pageWithoutCeremony(context, signIn));
        } else {
            context.challenge(page(context, signIn, Showing.FIRST));
        }
    }

    private void makeOne(AuthenticationFlowContext context, PasskeySignIn signIn) {
        if (areRequiredActionsEnabled(context.getSession(), context.getRealm())) {
            setRequiredActions(context.getSession(), context.getRealm(), context.getUser());
            UserSwitchGuard.makesOne(context.getAuthenticationSession(), context.getUser());
            context.success();
        } else {
            signIn.refuse(FailureReason.REQUIRED_ACTION_DISABLED);
            context.forceChallenge(pageWithoutCeremony(context, signIn));
        }
    }

    private static Response page(AuthenticationFlowContext context, PasskeySignIn signIn, Showing showing) {
        signIn.open(showing, signIn.hasUsernameField());
        return pageWithoutCeremony(context, signIn);
    }

    private static Response pageWithoutCeremony(AuthenticationFlowContext context, PasskeySignIn signIn) {
        PasskeyPage.complete(
                context.form(), context.getAuthenticationSession(), typed(context), signIn.mayOfferIdentityProviders());
        return context.form().createForm(PAGE);
    }

    /** What was posted with the ceremony, or else what is known of the name from elsewhere. */
    private static MultivaluedMap<String, String> typed(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> typed = new MultivaluedHashMap<>();
        if (context.getHttpRequest().getHttpMethod().equals(HttpMethod.POST)) {
            typed.putAll(context.getHttpRequest().getDecodedFormParameters());
        }
        UsernamePrefill.fields(context).forEach(typed::putIfAbsent);
        return typed;
    }

    @Override
    public void onParentFlowSuccess(AuthenticationFlowContext context) {
        // What counts is the end of the login.
    }

    @Override
    public void onTopFlowSuccess(AuthenticationFlowModel flow) {
        UserSwitchGuard.verifyEnd(session, flow);
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

    /** Keycloak's conditions ask this of nobody too, where a name was typed that nobody has. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return user != null && Passkeys.of(session).hasAny(user);
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
