package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.login.Ceremony;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.OpenChallenge;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.SessionExpiration;

/**
 * The challenge of one login. It lives in the state of the login, which belongs to one realm and one browser tab, and no
 * longer than the timeout of the ceremony.
 *
 * <p>It serves one post. The state of the login cannot tell which of two simultaneous posts came first, so Keycloak's
 * single-use objects decide, for all nodes.
 */
final class Challenges {

    private static final String USED = "passkey.challenge:";
    private static final long NEVER = Long.MAX_VALUE;

    /** By how much the clocks of two nodes may differ. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private final KeycloakSession session;
    private final LoginState login;
    private final Clock clock;

    Challenges(KeycloakSession session, LoginState login, Clock clock) {
        this.session = session;
        this.login = login;
        this.clock = clock;
    }

    /**
     * Keeps the challenge of the options that are about to be sent, in place of an older one.
     *
     * @param lifespan how long it may be answered; as long as the login lives where empty
     */
    void open(Ceremony ceremony, Challenge challenge, Optional<Duration> lifespan) {
        long expires = lifespan.map(life -> clock.millis() + life.toMillis()).orElse(NEVER);
        login.open(new OpenChallenge(ceremony, expires, challenge.value().toBase64Url()));
    }

    /** Gives the open challenge to the first caller; refused where none is open for this ceremony, or it has expired. */
    Verdict<Challenge, KeycloakReason> take(Ceremony ceremony) {
        Optional<OpenChallenge> open = login.openChallenge();
        login.closeChallenge();
        return open.filter(challenge -> challenge.ceremony() == ceremony && clock.millis() < challenge.expires())
                .filter(this::useUp)
                .map(challenge -> Verdict.<Challenge, KeycloakReason>accepted(
                        new Challenge(Bytes.ofBase64Url(challenge.challenge()))))
                .orElseGet(() -> Verdict.refused(KeycloakReason.CHALLENGE_EXPIRED));
    }

    /** Uses the challenge up, and says whether this was its first use. */
    private boolean useUp(OpenChallenge open) {
        return session.singleUseObjects().putIfAbsent(USED + open.challenge(), lifespanOfUse(open));
    }

    /** For how many seconds the use of the challenge must be known: until no node accepts the challenge any more. */
    private long lifespanOfUse(OpenChallenge open) {
        long left = Duration.ofMillis(open.expires() - clock.millis())
                .plus(CLOCK_DIFFERENCE)
                .toSeconds();
        return Math.min(
                left,
                SessionExpiration.getAuthSessionLifespan(session.getContext().getRealm()));
    }
}
