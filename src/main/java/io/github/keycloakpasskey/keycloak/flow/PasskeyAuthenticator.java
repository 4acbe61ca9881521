package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.flow.SignInStep.Showing;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.page.UsernamePrefill;
import io.github.keycloakpasskey.keycloak.server.RememberMe;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The step that is a passkey and nothing else: for any user, or for the one whom an earlier step has found. */
final class PasskeyAuthenticator implements Authenticator, CredentialValidator<CredentialProvider<?>> {

    private static final String PAGE = "passkey-authenticate.ftl";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SignInStep signIn = new SignInStep(context);
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
        SignInStep signIn = new SignInStep(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            if (signIn.hasRememberMe()) {
                                RememberMe.process(
                                        context, context.getHttpRequest().getDecodedFormParameters());
                            }
                            signIn.accept(passkey);
                            context.success();
                        },
                        refusal -> {
                            signIn.refuse(refusal);
                            context.forceChallenge(page(context, signIn, Showing.REFUSED));
                        });
    }

    /**
     * The subject has no passkey, or passkeys cannot be used at this address. A user who is proven in this login creates one before it ends. A user who must prove their
     * presence again gets a page that offers their other ways. In any other case only a name may have been entered, and the
     * page asks for a passkey all the same.
     */
    private void goOnWithoutPasskey(AuthenticationFlowContext context, SignInStep signIn) {
        if (context.getExecution().isAlternative()) {
            context.attempted();
        } else if (signIn.obstacle().isPresent()) {
            signIn.refuse(signIn.obstacle().get());
            context.forceChallenge(pageWithoutCeremony(context, signIn));
        } else if (signIn.isProven()) {
            createPasskey(context, signIn);
        } else if (signIn.mustProveAgain()) {
            context.challenge(pageWithoutCeremony(context, signIn));
        } else {
            context.challenge(page(context, signIn, Showing.FIRST));
        }
    }

    private void createPasskey(AuthenticationFlowContext context, SignInStep signIn) {
        if (areRequiredActionsEnabled(context.getSession(), context.getRealm())) {
            setRequiredActions(context.getSession(), context.getRealm(), context.getUser());
            LoginState.of(context.getAuthenticationSession())
                    .requireNewPasskeyOf(context.getUser().getId());
            context.success();
        } else {
            signIn.refuse(Refusal.of(KeycloakReason.REQUIRED_ACTION_DISABLED));
            context.forceChallenge(pageWithoutCeremony(context, signIn));
        }
    }

    private static Response page(AuthenticationFlowContext context, SignInStep signIn, Showing showing) {
        signIn.open(showing, signIn.hasUsernameField());
        return pageWithoutCeremony(context, signIn);
    }

    private static Response pageWithoutCeremony(AuthenticationFlowContext context, SignInStep signIn) {
        PasskeyPage.complete(
                context.getSession(),
                context.form(),
                context.getAuthenticationSession(),
                typed(context),
                signIn.mayOfferIdentityProviders());
        return context.form().createForm(PAGE);
    }

    /** The fields that were posted with the ceremony, or else those that are filled in already. */
    private static MultivaluedMap<String, String> typed(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> typed = new MultivaluedHashMap<>();
        if (context.getHttpRequest().getHttpMethod().equals(HttpMethod.POST)) {
            typed.putAll(context.getHttpRequest().getDecodedFormParameters());
        }
        UsernamePrefill.fields(context).forEach(typed::putIfAbsent);
        return typed;
    }

    /** Its type tells Keycloak whether "Try another way" can offer a passkey. */
    @Override
    public CredentialProvider<?> getCredentialProvider(KeycloakSession session) {
        return session.getProvider(CredentialProvider.class, PasskeyIds.CREDENTIAL_TYPE);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    /** Keycloak's conditions also ask without a user, where a name was entered that no user has. */
    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return user != null && Passkeys.of(session).hasAny(user);
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        login.addRequiredAction(PasskeyIds.REGISTER_ACTION);
    }

    @Override
    public List<RequiredActionFactory> getRequiredActions(KeycloakSession session) {
        return List.of((RequiredActionFactory) session.getKeycloakSessionFactory()
                .getProviderFactory(RequiredActionProvider.class, PasskeyIds.REGISTER_ACTION));
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
