package io.github.keycloakpasskey.keycloak.login;

import java.time.Clock;
import java.util.Optional;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.SessionExpiration;

/**
 * The link in an administrator's e-mail that led to a login, if one did. It stores at most one passkey.
 *
 * <p>Keycloak marks a link as used only when all of its actions are done, and some versions let several logins finish that
 * opened the link before. So the first login that is about to store a passkey takes the link, for all nodes.
 */
public final class ActionLink {

    private static final String TAKEN = "passkey.link-taken:";

    private final KeycloakSession session;
    private final LoginState login;
    private final Clock clock;

    /** The link that led to this login. */
    public ActionLink(KeycloakSession session, LoginState login, Clock clock) {
        this.session = session;
        this.login = login;
        this.clock = clock;
    }

    /** Whether another login has taken the link. */
    public boolean isTakenByAnother() {
        return untaken()
                .filter(link -> session.singleUseObjects().contains(TAKEN + link))
                .isPresent();
    }

    /**
     * Takes the link for the passkey that is about to be stored. The login keeps it, also for another attempt.
     *
     * @return false if another login has taken the link, so that the passkey must not be stored
     */
    public boolean take() {
        Optional<String> link = untaken();
        if (link.isEmpty()) {
            return true;
        }
        boolean isFirst = session.singleUseObjects().putIfAbsent(TAKEN + link.get(), lifespan(link.get()));
        if (isFirst) {
            login.takeLink();
        }
        return isFirst;
    }

    /** The key of the link's single-use token; empty for a login without one, and once this login has taken it. */
    private Optional<String> untaken() {
        return login.actionToken().filter(key -> !login.hasTakenLink()).filter(key -> Optional.ofNullable(
                        DefaultActionTokenKey.from(key))
                .filter(token -> token.getActionId().equals(ExecuteActionsActionToken.TOKEN_TYPE))
                .isPresent());
    }

    /** In seconds: until the link has expired, and a login that opened it in the last moment as well. */
    private long lifespan(String link) {
        long left = DefaultActionTokenKey.from(link).getExp() - clock.instant().getEpochSecond();
        return Math.max(0, left)
                + SessionExpiration.getAuthSessionLifespan(session.getContext().getRealm());
    }
}
