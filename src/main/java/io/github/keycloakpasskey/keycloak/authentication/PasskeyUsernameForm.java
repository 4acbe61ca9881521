package io.github.keycloakpasskey.keycloak.authentication;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.authentication.AuthenticationFlowCallback;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The step that asks for the user name alone, on Keycloak's own page, and goes on in the same way
 * whether or not there is such a user. A step of this extension has to come next, which asks nobody for what nobody
 * has: {@link PasskeyUsernamePasswordForm} or {@link PasskeyAuthenticator}.
 */
final class PasskeyUsernameForm implements AuthenticationFlowCallback {

    /** The id of the user whose name was typed and who is disabled or locked. */
    private static final String KEPT_OUT = "passkey.kept-out";

    private final KeycloakSession session;

    PasskeyUsernameForm(KeycloakSession session) {
        this.session = session;
    }

    /** The user whose name was typed and who may not sign in now; asked for their passkeys as everybody is. */
    static Optional<UserModel> keptOut(AuthenticationFlowContext context) {
        return Optional.ofNullable(context.getAuthenticationSession().getAuthNote(KEPT_OUT))
                .map(id -> context.getSession().users().getUserById(context.getRealm(), id));
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (Identity.isLeftBehind(context)) {
            context.resetFlow();
        } else if (context.getUser() == null) {
            context.challenge(page(context, Remembered.fields(context)));
        } else {
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String typed = Optional.ofNullable(form.getFirst(AuthenticationManager.FORM_USERNAME))
                .map(String::strip)
                .orElse("");
        if (typed.isEmpty()) {
            context.getEvent().error(Errors.USERNAME_MISSING);
            context.form().addError(new FormMessage(AuthenticationManager.FORM_USERNAME, Messages.MISSING_USERNAME));
            context.forceChallenge(page(context, form));
        } else {
            goOn(context, typed, form);
        }
    }

    private static void goOn(AuthenticationFlowContext context, String typed, MultivaluedMap<String, String> form) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        context.getEvent().detail(Details.USERNAME, typed);
        login.setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, typed);
        // Without it Keycloak's pages show the name of those who exist alone.
        login.setAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN, "true");
        AuthenticatorUtils.processRememberMe(context, form);
        login.removeAuthNote(KEPT_OUT);
        context.clearUser();
        find(context, typed).ifPresent(user -> {
            if (isAdmitted(context, user)) {
                context.setUser(user);
            } else {
                login.setAuthNote(KEPT_OUT, user.getId());
            }
        });
        context.success();
    }

    /**
     * A known name is found in the cache, an unknown one is looked for in the database each time: so a
     * known one is followed by a look for a name that nobody has.
     */
    private static Optional<UserModel> find(AuthenticationFlowContext context, String typed) {
        Optional<UserModel> user = lookUp(context, typed);
        if (user.isPresent()) {
            lookUp(context, typed + UUID.randomUUID());
        }
        return user;
    }

    private static Optional<UserModel> lookUp(AuthenticationFlowContext context, String name) {
        try {
            return Optional.ofNullable(
                            KeycloakModelUtils.findUserByNameOrEmail(context.getSession(), context.getRealm(), name))
                    // Keycloak breaks a login off that has the account of a client.
                    .filter(user -> user.getServiceAccountClientLink() == null);
        } catch (ModelDuplicateException ambiguous) {
            return Optional.empty();
        }
    }

    /** Keycloak tells of a disabled or locked user as soon as a flow has one. */
    private static boolean isAdmitted(AuthenticationFlowContext context, UserModel user) {
        return user.isEnabled() && AuthenticatorUtils.getDisabledByBruteForceEventError(context, user) == null;
    }

    @Override
    public void onParentFlowSuccess(AuthenticationFlowContext context) {
        // What counts is the end of the login.
    }

    /**
     * A name is no proof: a login in which nothing else was asked for is not one, as in a flow whose other steps are
     * all in a conditional sub-flow.
     */
    @Override
    public void onTopFlowSuccess(AuthenticationFlowModel flow) {
        if (!Identity.isAnythingAsked(session.getContext().getAuthenticationSession())) {
            throw new AuthenticationFlowException(
                    AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR,
                    "The flow " + flow.getAlias() + " asks for a user name and for nothing else",
                    Messages.INVALID_USER);
        }
    }

    private static Response page(AuthenticationFlowContext context, MultivaluedMap<String, String> typed) {
        return context.form().setFormData(typed).createLoginUsername();
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // A name needs no setting up.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
