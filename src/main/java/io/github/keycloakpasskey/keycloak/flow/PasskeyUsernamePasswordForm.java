package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.flow.SignInStep.Showing;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.LoginSubject;
import io.github.keycloakpasskey.keycloak.login.UserByName;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.server.RememberMe;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;

/**
 * The page that most realms have: user name and password, and a passkey on the same page. Keycloak's own form handles the
 * password; it offers no built-in passkeys, because a form without a session does not know them.
 *
 * <p>Where an earlier step has asked for the name, the page offers both ways for that name. It is the same whether the
 * name's user has a password, a passkey or both, and for names that no user has.
 */
final class PasskeyUsernamePasswordForm extends UsernamePasswordForm {

    private static final String PAGE = "passkey-username-password.ftl";

    /** For the template: whether the page asks for a password. */
    private static final String PASSWORD_OFFERED = "passwordOffered";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (LoginSubject.of(context).isNameAlone()) {
            LoginState.of(context.getAuthenticationSession()).fixUserOfPasswordForm();
            context.challenge(challenge(context, new MultivaluedHashMap<>()));
        } else {
            super.authenticate(context);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (PasskeyPost.isIn(form)) {
            signIn(context, form);
        } else {
            super.action(context);
        }
    }

    private void signIn(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        SignInStep signIn = new SignInStep(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            // Where the user was known before, this page has no checkbox "Remember me".
                            if (!isUserAlreadySetBeforeUsernamePasswordAuth(context)) {
                                RememberMe.process(context, form);
                            }
                            signIn.accept(passkey);
                            context.success();
                        },
                        refusal -> {
                            signIn.refuse(refusal);
                            prepare(context, signIn, form, Showing.REFUSED);
                            context.forceChallenge(createLoginForm(context.form()));
                        });
    }

    /**
     * After a name alone, the right password makes its account the login's user. Where no user has the name, Keycloak fails
     * as it does for any unknown name.
     */
    @Override
    protected boolean validateForm(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        LoginSubject subject = LoginSubject.of(context);
        Optional<UserModel> account = subject.isNameAlone() ? subject.account() : Optional.empty();
        return account.map(user -> validatePassword(context, user, form, false) && admit(context, user))
                .orElseGet(() -> super.validateForm(context, form));
    }

    private boolean admit(AuthenticationFlowContext context, UserModel user) {
        boolean admitted = enabledUser(context, user);
        if (admitted) {
            context.setUser(user);
        }
        return admitted;
    }

    /** That an account is locked is told only to its proven owner, and no password proves that while the lock lasts. */
    @Override
    protected String disabledByBruteForceError(String error) {
        return Messages.INVALID_USER;
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, MultivaluedMap<String, String> formData) {
        prepare(context, new SignInStep(context), formData, Showing.FIRST);
        return createLoginForm(context.form());
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        prepare(context, new SignInStep(context), context.getHttpRequest().getDecodedFormParameters(), Showing.AGAIN);
        return super.challenge(context, error, field);
    }

    private static void prepare(
            AuthenticationFlowContext context,
            SignInStep signIn,
            MultivaluedMap<String, String> typed,
            Showing showing) {
        AuthenticatorUtils.setupReauthenticationInUsernamePasswordFormError(context);
        PasskeyPage.complete(
                context.getSession(),
                context.form(),
                context.getAuthenticationSession(),
                typed,
                signIn.mayOfferIdentityProviders());
        if (signIn.mustHideAccount()) {
            // Keycloak offers other ways by what the account has; this page offers both already.
            context.setAuthenticationSelections(List.of());
        }
        // A user who is signed in already is not asked for a password that the account lacks.
        boolean asksPassword = !signIn.mustProveAgain() || hasPassword(context.getUser());
        context.form().setAttribute(PASSWORD_OFFERED, asksPassword);
        if (signIn.isOffered()) {
            signIn.open(showing, asksPassword);
        }
    }

    /**
     * Takes equally long whether the account has a password, is locked, or the field was left empty. A user whose name only
     * resembles the one that was entered here counts as not found.
     */
    @Override
    public boolean validatePassword(
            AuthenticationFlowContext context,
            UserModel user,
            MultivaluedMap<String, String> inputData,
            boolean clearUser) {
        if (!isUserAlreadySetBeforeUsernamePasswordAuth(context) && !isNamedBy(inputData, user, context)) {
            testInvalidUser(context, null);
            return false;
        }
        String password = inputData.getFirst(CredentialRepresentation.PASSWORD);
        boolean isHashed = password != null
                && !password.isEmpty()
                && hasPassword(user)
                && AuthenticatorUtils.getDisabledByBruteForceEventError(context, user) == null;
        if (!isHashed) {
            AuthenticatorUtils.dummyHash(context);
        }
        return super.validatePassword(context, user, inputData, clearUser);
    }

    private static boolean isNamedBy(
            MultivaluedMap<String, String> form, UserModel user, AuthenticationFlowContext context) {
        String entered = form.getFirst(AuthenticationManager.FORM_USERNAME);
        return entered != null
                && UserByName.of(context.getSession(), context.getRealm()).isNameOf(user, entered);
    }

    private static boolean hasPassword(UserModel user) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        return form.createForm(PAGE);
    }

    @Override
    protected boolean alreadyAuthenticatedUsingPasswordlessCredential(AuthenticationFlowContext context) {
        return new SignInStep(context).isDone();
    }
}
