package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.flow.PasskeySignIn.Showing;
import io.github.keycloakpasskey.keycloak.login.LoginSubject;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.server.RememberMe;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowCallback;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.messages.Messages;

/**
 * The page that most realms have: user name and password, and a passkey on the same page. All that is password is
 * Keycloak's own form; its built-in passkeys stay out, as the form without a session does not know them.
 *
 * <p>Where an earlier step has asked for the name, it is the page of both ways in for that name, the same for whomever
 * has which of them, and for names that nobody has.
 */
final class PasskeyUsernamePasswordForm extends UsernamePasswordForm implements AuthenticationFlowCallback {

    private static final String PAGE = "passkey-username-password.ftl";

    /** For the template: whether a password is worth asking for. */
    private static final String PASSWORD_OFFERED = "passwordOffered";

    private final KeycloakSession session;

    PasskeyUsernamePasswordForm(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (UserSwitchGuard.startsAnew(context)) {
            return;
        }
        if (isNameAlone(context)) {
            context.getAuthenticationSession().setAuthNote(USER_SET_BEFORE_USERNAME_PASSWORD_AUTH, "true");
            context.challenge(challenge(context, new MultivaluedHashMap<>()));
        } else {
            super.authenticate(context);
        }
    }

    /** Whether an earlier step has asked for the name, and nobody is known by it. */
    private static boolean isNameAlone(AuthenticationFlowContext context) {
        return context.getUser() == null && new LoginSubject(context).isThere();
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        if (UserSwitchGuard.startsAnew(context)) {
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (PasskeyPost.isIn(form)) {
            signIn(context, form);
        } else {
            super.action(context);
        }
    }

    private void signIn(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        PasskeySignIn signIn = new PasskeySignIn(context);
        signIn.judge()
                .decide(
                        passkey -> {
                            // Where the user was known before, this page has no such box to read.
                            if (!isUserAlreadySetBeforeUsernamePasswordAuth(context)) {
                                RememberMe.process(context, form);
                            }
                            signIn.accept(passkey);
                            context.success();
                        },
                        reason -> {
                            signIn.refuse(reason);
                            prepare(context, signIn, form, Showing.REFUSED);
                            context.forceChallenge(createLoginForm(context.form()));
                        });
    }

    /**
     * The account of a name that was typed before becomes the login's user by its right password; where there is none,
     * Keycloak fails as it does for names that nobody has.
     */
    @Override
    protected boolean validateForm(AuthenticationFlowContext context, MultivaluedMap<String, String> form) {
        Optional<UserModel> account = isNameAlone(context) ? new LoginSubject(context).account() : Optional.empty();
        boolean isRight = account.map(user -> validatePassword(context, user, form, false) && admit(context, user))
                .orElseGet(() -> super.validateForm(context, form));
        if (isRight) {
            UserSwitchGuard.meet(context);
        }
        return isRight;
    }

    private boolean admit(AuthenticationFlowContext context, UserModel user) {
        boolean admitted = enabledUser(context, user);
        if (admitted) {
            context.setUser(user);
        }
        return admitted;
    }

    /** A lock is told of only to whom has proven to be the owner, which no password can as long as it lasts. */
    @Override
    protected String disabledByBruteForceError(String error) {
        return Messages.INVALID_USER;
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, MultivaluedMap<String, String> formData) {
        prepare(context, new PasskeySignIn(context), formData, Showing.FIRST);
        return createLoginForm(context.form());
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        prepare(
                context,
                new PasskeySignIn(context),
                context.getHttpRequest().getDecodedFormParameters(),
                Showing.AGAIN);
        return super.challenge(context, error, field);
    }

    private static void prepare(
            AuthenticationFlowContext context,
            PasskeySignIn signIn,
            MultivaluedMap<String, String> typed,
            Showing showing) {
        AuthenticatorUtils.setupReauthenticationInUsernamePasswordFormError(context);
        PasskeyPage.complete(
                context.form(), context.getAuthenticationSession(), typed, signIn.mayOfferIdentityProviders());
        if (signIn.isNameAlone()) {
            // Other ways are offered by what the account has; this page has both already.
            context.setAuthenticationSelections(List.of());
        }
        // Who is signed in here already is not asked for a password that they do not have.
        boolean asksPassword = !signIn.isToBeProvenAgain() || hasPassword(context.getUser());
        context.form().setAttribute(PASSWORD_OFFERED, asksPassword);
        if (signIn.isOffered()) {
            signIn.open(showing, asksPassword);
        }
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

    @Override
    public void onParentFlowSuccess(AuthenticationFlowContext context) {
        // What counts is the end of the login.
    }

    @Override
    public void onTopFlowSuccess(AuthenticationFlowModel flow) {
        UserSwitchGuard.verifyEnd(session, flow);
    }
}
