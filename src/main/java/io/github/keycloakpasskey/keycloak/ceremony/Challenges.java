package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.Bytes;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The challenge that an open page waits with. It lives in the authentication session, which belongs
 * to one realm, one login and one browser tab; taking it removes it, so it serves one post.
 */
public final class Challenges {

    private static final String NOTE = "passkey.challenge";
    private static final String SEPARATOR = ":";

    private Challenges() {}

    /** Remembers the challenge of the page that is about to be shown, in place of any older one. */
    public static void remember(AuthenticationSessionModel login, Ceremony ceremony, Challenge challenge) {
        login.setAuthNote(NOTE, ceremony.code() + SEPARATOR + challenge.value().toBase64Url());
    }

    /** Gives the open challenge and forgets it; refused where there is none for this ceremony. */
    public static Verdict<Challenge> take(AuthenticationSessionModel login, Ceremony ceremony) {
        String note = login.getAuthNote(NOTE);
        login.removeAuthNote(NOTE);
        String prefix = ceremony.code() + SEPARATOR;
        if (note == null || !note.startsWith(prefix)) {
            return Verdict.refused(FailureReason.CHALLENGE_EXPIRED);
        }
        return Verdict.accepted(new Challenge(Bytes.ofBase64Url(note.substring(prefix.length()))));
    }
}
