package io.github.keycloakpasskey.keycloak.authentication;

import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPage;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPost;
import io.github.keycloakpasskey.webauthn.FailureReason;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.representations.idm.CredentialRepresentation;

/**
 * The page that most realms have: user name and password, and a passkey on the same page. All that is password is
 * Keycloak's own form; its built-in passkeys stay out, as the form without a session does not know them.
 *
 * <p>Where an earlier step has asked for the name, it is the page of both ways in for that name, the same for whomever
 * has which of them, and for names that nobody has.
 */
final class PasskeyUsernamePasswordForm extends UsernamePasswordForm {

    private static final String PAGE = "passkey-username-password.ftl";

    /** For the template: whether a password is worth asking for. */
    private static final String PASSWORD_OFFERED = "passwordOffered";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (context.getUser() == null && new PasskeySignIn(context).isNameAlone()) {
            context.getAuthenticationSession().setAuthNote(USER_SET_BEFORE_USERNAME_PASSWORD_AUTH, "true");
            context.challenge(challenge(context, new MultivaluedHashMap<>()));
        } else {
            super.authenticate(context);
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (!PasskeyPost.isIn(form)) {
            super.action(context);
            return;
        }
        PasskeySignIn signIn = new PasskeySignIn(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            // Where the user was known before, this page has no such box to read.
                            if (!isUserAlreadySetBeforeUsernamePasswordAuth(context)) {
                                AuthenticatorUtils.processRememberMe(context, form);
                            }
                            signIn.succeed(passkey);
                        },
                        reason -> askAgain(context, signIn, reason));
    }

    private void askAgain(AuthenticationFlowContext context, PasskeySignIn signIn, FailureReason reason) {
        signIn.refuse(reason);
        prepareAgain(context);
        context.forceChallenge(createLoginForm(context.form()));
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, MultivaluedMap<String, String> formData) {
        PasskeySignIn signIn = new PasskeySignIn(context);
        prepare(context, signIn, formData, signIn::open);
        return createLoginForm(context.form());
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        prepareAgain(context);
        return super.challenge(context, error, field);
    }

    private static void prepareAgain(AuthenticationFlowContext context) {
        PasskeySignIn signIn = new PasskeySignIn(context);
        prepare(context, signIn, context.getHttpRequest().getDecodedFormParameters(), signIn::openAgain);
    }

    private static void prepare(
            AuthenticationFlowContext context,
            PasskeySignIn signIn,
            MultivaluedMap<String, String> typed,
            Consumer<Boolean> opening) {
        AuthenticatorUtils.setupReauthenticationInUsernamePasswordFormError(context);
        PasskeyPage.complete(
                context.form(), context.getAuthenticationSession(), typed, signIn.mayOfferIdentityProviders());
        if (signIn.isNameAlone()) {
            // Other ways are offered by what the account has; this page has both already.
            context.setAuthenticationSelections(List.of());
        }
        boolean asksPassword = asksPassword(context);
        context.form().setAttribute(PASSWORD_OFFERED, asksPassword);
        if (signIn.isOffered()) {
            opening.accept(asksPassword);
        }
    }

    /** Who is signed in here already is not asked for a password that they do not have. */
    private static boolean asksPassword(AuthenticationFlowContext context) {
        return Identity.of(context)
                .filter(identity -> !hasPassword(context.getUser()) && identity.isToBeProvenAgain())
                .isEmpty();
    }

    /** Takes as long for who has no password, or is locked, or left it empty, as for who has one. */
    @Override
    public boolean validatePassword(
            AuthenticationFlowContext context,
            UserModel user,
            MultivaluedMap<String, String> inputData,
            boolean clearUser) {
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

    private static boolean hasPassword(UserModel user) {
        return user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        return form.createForm(PAGE);
    }

    @Override
    protected boolean alreadyAuthenticatedUsingPasswordlessCredential(AuthenticationFlowContext context) {
        return new PasskeySignIn(context).isDone();
    }
}
