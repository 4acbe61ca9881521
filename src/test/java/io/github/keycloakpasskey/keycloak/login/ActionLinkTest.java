package io.github.keycloakpasskey.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.SingleUseSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.services.managers.AuthenticationManager;

class ActionLinkTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration LOGIN_LIFESPAN = Duration.ofMinutes(30);
    private static final String LINK = key(ExecuteActionsActionToken.TOKEN_TYPE, NOW.plusSeconds(600));

    /** The links that were taken, on all nodes, with the seconds for which each is remembered. */
    private final Map<Object, Object> taken = new HashMap<>();

    private final Map<String, String> one = new HashMap<>();
    private final Map<String, String> other = new HashMap<>();

    @Test
    void aLoginWithoutALinkTakesNothing() {
        assertThat(link(one).take()).isTrue();
        assertThat(taken).isEmpty();
        assertThat(link(one).isTakenByAnother()).isFalse();
    }

    @Test
    void ofTwoLoginsThatOpenedALinkTheFirstTakesIt() {
        open(one, LINK);
        open(other, LINK);

        assertThat(link(one).take()).isTrue();
        assertThat(link(other).isTakenByAnother()).isTrue();
        assertThat(link(other).take()).isFalse();
    }

    @Test
    void aLoginThatTookALinkKeepsIt() {
        open(one, LINK);
        link(one).take();

        assertThat(link(one).isTakenByAnother()).isFalse();
        assertThat(link(one).take()).isTrue();
    }

    @Test
    void aLinkThatIsGivenBackServesAnotherLogin() {
        open(one, LINK);
        open(other, LINK);
        link(one).take();

        link(one).release();

        assertThat(link(other).isTakenByAnother()).isFalse();
        assertThat(link(other).take()).isTrue();
        assertThat(link(one).isTakenByAnother()).isTrue();
    }

    @Test
    void onlyTheLoginThatTookALinkGivesItBack() {
        open(one, LINK);
        open(other, LINK);
        link(one).take();

        link(other).release();

        assertThat(link(other).take()).isFalse();
    }

    @Test
    void aLinkOfAnotherKindIsNotTaken() {
        open(one, key(VerifyEmailActionToken.TOKEN_TYPE, NOW.plusSeconds(600)));

        assertThat(link(one).take()).isTrue();
        assertThat(taken).isEmpty();
    }

    @Test
    void aKeptLinkIsTakenAfterTheLoginOpenedAnotherKindOfLink() {
        open(one, LINK);
        open(other, LINK);
        link(one).keep();
        open(one, key(VerifyEmailActionToken.TOKEN_TYPE, NOW.plusSeconds(600)));

        assertThat(link(one).take()).isTrue();
        assertThat(link(other).take()).isFalse();
    }

    @Test
    void twoLinksAreTakenByTwoLogins() {
        open(one, LINK);
        open(other, key(ExecuteActionsActionToken.TOKEN_TYPE, NOW.plusSeconds(600)));

        assertThat(link(one).take()).isTrue();
        assertThat(link(other).take()).isTrue();
    }

    @Test
    void aLinkIsRememberedAsLongAsALoginThatOpenedItCanLive() {
        open(one, LINK);
        link(one).take();

        assertThat(taken.values())
                .containsExactly(
                        600 + LOGIN_LIFESPAN.toSeconds() + Duration.ofMinutes(1).toSeconds());
    }

    @Test
    void aLinkThatNoNodeRemembersAnyMoreIsNotTaken() {
        open(one, LINK);
        Instant end = NOW.plusSeconds(600).plus(LOGIN_LIFESPAN);

        assertThat(link(one, end.minusSeconds(1)).isTakenByAnother()).isFalse();
        assertThat(link(one, end).isTakenByAnother()).isTrue();
        assertThat(link(one, end).take()).isFalse();
    }

    private static String key(String type, Instant expiry) {
        return new DefaultActionTokenKey("ada", type, (int) expiry.getEpochSecond(), UUID.randomUUID()).serializeKey();
    }

    private static void open(Map<String, String> notes, String key) {
        notes.put(AuthenticationManager.INVALIDATE_ACTION_TOKEN, key);
    }

    private ActionLink link(Map<String, String> notes) {
        return link(notes, NOW);
    }

    private ActionLink link(Map<String, String> notes, Instant instant) {
        return new ActionLink(
                SingleUseSession.with(taken, LOGIN_LIFESPAN),
                LoginState.of(notes, List.of()),
                Clock.fixed(instant, ZoneOffset.UTC));
    }
}
