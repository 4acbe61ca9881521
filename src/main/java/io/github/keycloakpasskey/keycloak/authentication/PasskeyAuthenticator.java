package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPage;
import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.CredentialValidator;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The step that is a passkey and nothing else: for anybody, or for a user who is known already. */
final class PasskeyAuthenticator implements Authenticator, CredentialValidator<CredentialProvider<?>> {

    private static final String PAGE = "passkey-authenticate.ftl";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        PasskeySignIn signIn = new PasskeySignIn(context);
        if (Identity.isLeftBehind(context)) {
            context.resetFlow();
        } else if (signIn.isDone()) {
            context.success();
        } else if (signIn.isPossible()) {
            context.challenge(page(context, signIn, signIn::open));
        } else {
            goOnWithoutPasskey(context, signIn);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        PasskeySignIn signIn = new PasskeySignIn(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            if (!signIn.isSomebodyNamed()) {
                                AuthenticatorUtils.processRememberMe(
                                        context, context.getHttpRequest().getDecodedFormParameters());
                            }
                            signIn.succeed(passkey);
                        },
                        reason -> {
                            signIn.refuse(reason);
                            context.forceChallenge(page(context, signIn, signIn::openAgain));
                        });
    }

    /**
     * Whoever is named has no passkey. Who has proven to be there in this login makes one before it ends; who has to
     * prove it again goes on with what they have; and from anybody else, who may only have typed a name, a passkey is
     * asked all the same.
     */
    private void goOnWithoutPasskey(AuthenticationFlowContext context, PasskeySignIn signIn) {
        Optional<Identity> identity = Identity.of(context);
        if (context.getExecution().isAlternative()) {
            context.attempted();
        } else if (identity.filter(Identity::isProven).isPresent()) {
            makeOne(context);
        } else if (identity.filter(Identity::isToBeProvenAgain).isPresent()) {
            context.challenge(pageWithoutCeremony(context, signIn));
        } else {
            context.challenge(page(context, signIn, signIn::open));
        }
    }

    private void makeOne(AuthenticationFlowContext context) {
        if (areRequiredActionsEnabled(context.getSession(), context.getRealm())) {
            setRequiredActions(context.getSession(), context.getRealm(), context.getUser());
            context.success();
        } else {
            // As Keycloak's own steps do: without the required action nobody could make one.
            context.failure(AuthenticationFlowError.CREDENTIAL_SETUP_REQUIRED);
        }
    }

    /** @param opening how the ceremony of the page is opened; told whether there is a field for the user name */
    private static Response page(AuthenticationFlowContext context, PasskeySignIn signIn, Consumer<Boolean> opening) {
        opening.accept(signIn.hasUsernameField());
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
        Remembered.fields(context).forEach(typed::putIfAbsent);
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
