package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.PasskeyRecovery;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;

/**
 * Which of the user's passkeys are removed when the new one is stored: all, if a recovery says so; the chosen one, if the
 * user has as many as the realm allows; otherwise none.
 */
final class Replacement {

    private static final String CHOICE = "passkeyReplaced";
    private static final String KEPT = "passkeysKept";

    private final RequiredActionContext context;
    private final LoginState login;
    private final String user;
    private final List<Passkey> owned;

    Replacement(RequiredActionContext context, Passkeys passkeys) {
        this.context = context;
        this.login = LoginState.of(context.getAuthenticationSession());
        this.user = context.getUser().getId();
        this.owned = passkeys.ownedBy(context.getUser());
    }

    /** The passkeys that are removed. */
    List<Passkey> replaced() {
        return removesAll() ? owned : chosen().map(List::of).orElse(List.of());
    }

    /** The passkeys that stay. */
    List<Passkey> kept() {
        List<Passkey> replaced = replaced();
        return owned.stream().filter(passkey -> !replaced.contains(passkey)).toList();
    }

    /** Whether the user chose a single passkey, and can still choose another. */
    boolean isChosen() {
        return !removesAll() && chosen().isPresent();
    }

    /** Whether the login is a recovery that removes all older passkeys. */
    boolean removesAll() {
        return login.recoveryOf(user).filter(PasskeyRecovery::removesOlder).isPresent();
    }

    private Optional<Passkey> chosen() {
        return login.replacedPasskey().flatMap(this::find);
    }

    private Optional<Passkey> find(String id) {
        return owned.stream().filter(passkey -> passkey.id().equals(id)).findFirst();
    }

    /**
     * Whether a user with as many passkeys as the realm allows may choose one to replace: only after the link of a recovery
     * or of an administrator, as they may have lost them. Other users are signed in, and remove one in their account.
     */
    boolean isOffered() {
        return login.isByLinkForPasskeyOf(user);
    }

    /** Whether the user may keep all, and create none: an administrator's e-mail need not mean a lost passkey. */
    boolean isOptional() {
        return login.recoveryOf(user).isEmpty();
    }

    /**
     * Whether the post comes from the page on which the user chooses, or asks for that page again. Fields count only on the
     * page that shows them.
     */
    boolean isPosted() {
        return isOffered()
                && (login.isChoosing()
                        ? isAnswered()
                        : isChosen() && posted(CHOICE).isPresent());
    }

    private boolean isAnswered() {
        return posted(CHOICE).isPresent() || posted(KEPT).isPresent();
    }

    boolean isDeclined() {
        return login.isChoosing() && isOptional() && posted(KEPT).isPresent();
    }

    /** Remembers the posted choice. A choice that is none of the user's passkeys chooses nothing. */
    void choose() {
        login.replace(posted(CHOICE).flatMap(this::find).map(Passkey::id));
    }

    private Optional<String> posted(String field) {
        return Optional.ofNullable(
                context.getHttpRequest().getDecodedFormParameters().getFirst(field));
    }
}
