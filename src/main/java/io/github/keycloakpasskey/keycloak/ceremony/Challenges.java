package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The challenge that an open page waits with. It lives in the authentication session, which belongs
 * to one realm, one login and one browser tab, and no longer than the step's or the policy's timeout.
 *
 * <p>It serves one post. The authentication session alone cannot say which of two posts at the same
 * moment came first, so the one that serves is decided by Keycloak's single-use objects, for all nodes.
 */
public final class Challenges {

    private static final String NOTE = "passkey.challenge";
    private static final String SEPARATOR = ":";
    private static final int PARTS = 3;
    private static final long NEVER = Long.MAX_VALUE;

    /** By how much the clocks of two nodes may differ. */
    private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(1);

    private Challenges() {}

    /**
     * Remembers the challenge of the page that is about to be shown, in place of any older one.
     *
     * @param lifespan how long it may be answered; as long as the login where empty
     */
    public static void remember(
            AuthenticationSessionModel login, Ceremony ceremony, Challenge challenge, Optional<Duration> lifespan) {
        long expires =
                lifespan.map(life -> Time.currentTimeMillis() + life.toMillis()).orElse(NEVER);
        String note = String.join(
                SEPARATOR,
                ceremony.code(),
                Long.toString(expires),
                challenge.value().toBase64Url());
        login.setAuthNote(NOTE, note);
    }

    /** Gives the open challenge to the first who asks; refused where there is none for this ceremony, or none any more. */
    public static Verdict<Challenge, FailureReason> take(
            KeycloakSession session, AuthenticationSessionModel login, Ceremony ceremony) {
        String note = login.getAuthNote(NOTE);
        login.removeAuthNote(NOTE);
        if (note == null) {
            return Verdict.refused(FailureReason.CHALLENGE_EXPIRED);
        }
        String[] parts = note.split(SEPARATOR, PARTS);
        long expires = Long.parseLong(parts[1]);
        boolean serves = parts[0].equals(ceremony.code())
                && Time.currentTimeMillis() < expires
                && isFirst(session, parts[2], lifespanOfUse(login, expires));
        return serves
                ? Verdict.accepted(new Challenge(Bytes.ofBase64Url(parts[2])))
                : Verdict.refused(FailureReason.CHALLENGE_EXPIRED);
    }

    private static boolean isFirst(KeycloakSession session, String challenge, long lifespan) {
        return session.singleUseObjects().putIfAbsent(NOTE + SEPARATOR + challenge, lifespan);
    }

    /** For how many seconds it has to be known that the challenge was used: until no node takes it any more. */
    private static long lifespanOfUse(AuthenticationSessionModel login, long expires) {
        long left = Duration.ofMillis(expires - Time.currentTimeMillis())
                .plus(CLOCK_DIFFERENCE)
                .toSeconds();
        return Math.min(left, SessionExpiration.getAuthSessionLifespan(login.getRealm()));
    }
}
