package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.login.ActionLink;
import io.github.keycloakpasskey.keycloak.login.Recovery;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Which of the user's passkeys go when the new one is stored: all where a recovery says so, the chosen
 * one where there is no room for another, else none.
 */
final class Replacement {

    private static final String CHOSEN = "passkey.replaced";
    private static final String CHOICE = "passkeyReplaced";
    private static final String KEPT = "passkeysKept";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel login;
    private final List<Passkey> owned;

    Replacement(RequiredActionContext context, Passkeys passkeys) {
        this.context = context;
        this.login = context.getAuthenticationSession();
        this.owned = passkeys.ownedBy(context.getUser());
    }

    /** The passkeys that go. */
    List<Passkey> replaced() {
        return Recovery.removesOlder(login, context.getUser())
                ? owned
                : chosen().map(List::of).orElse(List.of());
    }

    /** The passkeys that stay. */
    List<Passkey> kept() {
        List<Passkey> replaced = replaced();
        return owned.stream().filter(passkey -> !replaced.contains(passkey)).toList();
    }

    /** Whether a single one was chosen, by a person who can still choose another. */
    boolean isChosen() {
        return !Recovery.removesOlder(login, context.getUser()) && chosen().isPresent();
    }

    private Optional<Passkey> chosen() {
        return find(login.getAuthNote(CHOSEN));
    }

    private Optional<Passkey> find(String id) {
        return owned.stream().filter(passkey -> passkey.id().equals(id)).findFirst();
    }

    /**
     * Whether somebody may choose who has as many passkeys as the realm allows: only who came by an
     * e-mail's link, and so may have lost them. Others are signed in, and remove one in their account.
     */
    boolean isOffered() {
        return ActionLink.leadTo(login, context.getUser());
    }

    /** Whether all may stay, and no new one is made: an administrator's e-mail need not mean a lost passkey. */
    boolean isOptional() {
        return !Recovery.isGoingOn(login, context.getUser());
    }

    /** Whether the post comes from the page on which one chooses, or asks for it again. */
    boolean isPosted() {
        return isOffered() && (posted(CHOICE) != null || posted(KEPT) != null);
    }

    boolean isDeclined() {
        return isOptional() && posted(KEPT) != null;
    }

    /** Remembers the posted choice; one that is none of the user's passkeys leaves nothing chosen. */
    void choose() {
        find(posted(CHOICE))
                .ifPresentOrElse(
                        passkey -> login.setAuthNote(CHOSEN, passkey.id()), () -> login.removeAuthNote(CHOSEN));
    }

    private String posted(String field) {
        return context.getHttpRequest().getDecodedFormParameters().getFirst(field);
    }
}
