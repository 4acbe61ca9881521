package io.github.keycloakpasskey.keycloak.login;

import java.util.Optional;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.common.util.Time;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The link in an e-mail that Keycloak sent to a user: opening it proves access to the user's mailbox. */
public final class ActionLink {

    private static final String USED = "passkey.link-used";

    private ActionLink() {}

    /**
     * Whether this login came by a link that was sent to the user.
     *
     * @param user null where nobody is known
     */
    public static boolean leadTo(AuthenticationSessionModel login, UserModel user) {
        return user != null && user.getId().equals(login.getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
    }

    /** Whether another login that came by the same administrator's link has stored a passkey. */
    public static boolean isUsedUp(KeycloakSession session, AuthenticationSessionModel login) {
        return administratorsLink(login)
                .filter(link -> login.getAuthNote(USED) == null)
                .filter(link -> session.singleUseObjects().contains(storedKey(link)))
                .isPresent();
    }

    /**
     * Takes the administrator's link of this login, if it came by one, for the passkey that is about to be stored. Keycloak
     * marks a link as used only when all of its actions are done, and some versions let several logins that opened the
     * link before finish. The first login to get here keeps the link, also for another attempt.
     *
     * @return whether the passkey may be stored; false where another login has taken the link
     */
    public static boolean use(KeycloakSession session, AuthenticationSessionModel login) {
        Optional<String> link = administratorsLink(login).filter(unused -> login.getAuthNote(USED) == null);
        if (link.isEmpty()) {
            return true;
        }
        boolean isFirst = session.singleUseObjects().putIfAbsent(storedKey(link.get()), lifespan(login, link.get()));
        if (isFirst) {
            login.setAuthNote(USED, Boolean.toString(true));
        }
        return isFirst;
    }

    /** The key of the single-use token that an administrator's e-mail carried; empty for other logins. */
    private static Optional<String> administratorsLink(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getAuthNote(AuthenticationManager.INVALIDATE_ACTION_TOKEN))
                .filter(key -> Optional.ofNullable(DefaultActionTokenKey.from(key))
                        .filter(token -> token.getActionId().equals(ExecuteActionsActionToken.TOKEN_TYPE))
                        .isPresent());
    }

    private static String storedKey(String link) {
        return USED + ":" + link;
    }

    /** Until the link has expired, and a login that opened it in the last moment has as well. */
    private static long lifespan(AuthenticationSessionModel login, String link) {
        long left = DefaultActionTokenKey.from(link).getExp() - Time.currentTime();
        return Math.max(0, left) + SessionExpiration.getAuthSessionLifespan(login.getRealm());
    }
}
