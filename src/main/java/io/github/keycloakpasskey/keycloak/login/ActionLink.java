package io.github.keycloakpasskey.keycloak.login;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.SessionExpiration;

/**
 * The link in the e-mail of an administrator or of a recovery that led to a login, if one did. It stores at most one passkey.
 *
 * <p>Keycloak marks a link as used only when all of its actions are done, and some versions let several logins finish that
 * opened the link before. So the first login that is about to store a passkey takes the link, for all nodes.
 */
public final class ActionLink {

    private static final String TAKEN = "passkey.link-taken:";

    private static final Set<String> KINDS =
            Set.of(ExecuteActionsActionToken.TOKEN_TYPE, ResetCredentialsActionToken.TOKEN_TYPE);

    /** By how much the clocks of two nodes may differ. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private final KeycloakSession session;
    private final LoginState login;
    private final Clock clock;

    /** The link that led to this login. */
    public ActionLink(KeycloakSession session, LoginState login, Clock clock) {
        this.session = session;
        this.login = login;
        this.clock = clock;
    }

    /** Keeps the link, because Keycloak forgets it when the login opens another one, for example to verify an address. */
    public void keep() {
        if (login.link().isEmpty()) {
            login.actionToken().filter(ActionLink::isForPasskey).ifPresent(login::keepLink);
        }
    }

    /** Whether another login has taken the link, or its time is over. */
    public boolean isTakenByAnother() {
        return untaken()
                .filter(link -> isOver(link) || session.singleUseObjects().contains(TAKEN + link))
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
        boolean isFirst = !isOver(link.get())
                && session.singleUseObjects().putIfAbsent(TAKEN + link.get(), secondsToRemember(link.get()));
        if (isFirst) {
            login.takeLink();
        }
        return isFirst;
    }

    /** Gives the link back, because the passkey was not stored. */
    public void release() {
        if (login.hasTakenLink()) {
            key().ifPresent(link -> session.singleUseObjects().remove(TAKEN + link));
            login.releaseLink();
        }
    }

    /** The key of the link; empty for a login without one, and once this login has taken it. */
    private Optional<String> untaken() {
        return key().filter(link -> !login.hasTakenLink());
    }

    private Optional<String> key() {
        return login.link().or(() -> login.actionToken().filter(ActionLink::isForPasskey));
    }

    /** Whether it is a link of a recovery or of an administrator. */
    private static boolean isForPasskey(String key) {
        return Optional.ofNullable(DefaultActionTokenKey.from(key))
                .filter(token -> KINDS.contains(token.getActionId()))
                .isPresent();
    }

    /** Whether so much time has passed that no other node need remember who took the link. */
    private boolean isOver(String link) {
        return secondsLeft(link) <= 0;
    }

    /** Until the link has expired, and a login that opened it in the last moment as well. */
    private long secondsLeft(String link) {
        return DefaultActionTokenKey.from(link).getExp()
                + SessionExpiration.getAuthSessionLifespan(session.getContext().getRealm())
                - clock.instant().getEpochSecond();
    }

    private long secondsToRemember(String link) {
        return secondsLeft(link) + CLOCK_DIFFERENCE.toSeconds();
    }
}
