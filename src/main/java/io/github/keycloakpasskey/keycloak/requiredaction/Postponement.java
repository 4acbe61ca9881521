package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether a user may leave the required action, and create the passkey at a later sign-in. The action stays required.
 *
 * <p>A device that holds a passkey of the account creates no second one, so that a user without another device could not sign
 * in any more. So a user who has a passkey that works may leave, whatever the browser reports: its word proves nothing. What
 * this login itself requires stays: a new passkey after an e-mailed link, and the passkey of a step that the user has not
 * passed. An app's request is left by its own button, which tells the app.
 */
final class Postponement {

    private static final String LATER = "passkeyLater";

    private final LoginState login;
    private final String user;
    private final BooleanSupplier hasUsablePasskey;

    /**
     * The postponement in one login.
     *
     * @param user the id of the user who is asked for a passkey
     * @param hasUsablePasskey whether the user has a passkey with which they can sign in
     */
    Postponement(LoginState login, String user, BooleanSupplier hasUsablePasskey) {
        this.login = login;
        this.user = user;
        this.hasUsablePasskey = hasUsablePasskey;
    }

    /** Whether the page offers to leave. */
    boolean isOffered() {
        return !login.isByLinkForPasskeyOf(user)
                && !login.isNewPasskeyRequiredOf(Optional.of(user))
                && !login.isRequestedByApp(PasskeyIds.REGISTER_ACTION)
                && hasUsablePasskey.getAsBoolean();
    }

    /** Whether the user has chosen to leave, on a page that offers it. */
    boolean isChosenBy(MultivaluedMap<String, String> form) {
        return form.containsKey(LATER) && isOffered();
    }

    /** Keeps the choice for the rest of this login. */
    void keep() {
        login.postpone(user);
    }

    /** Whether the user has left the action in this login, and still may. */
    boolean isKept() {
        return login.isPostponedBy(user) && isOffered();
    }
}
