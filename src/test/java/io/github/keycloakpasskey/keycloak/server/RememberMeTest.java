package io.github.keycloakpasskey.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Stub;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The fallback for Keycloak 26.4 to 26.6, which the tests are compiled against. */
class RememberMeTest {

    private final Map<String, String> notes = new HashMap<>();
    private final EventBuilder event = event();

    @ParameterizedTest
    @ValueSource(strings = {"on", "ON"})
    void aCheckedBoxIsKeptInTheLoginAndInItsEvent(String value) {
        RememberMe.process(context(true), form(value));

        assertThat(notes).containsExactly(Map.entry(Details.REMEMBER_ME, "true"));
        assertThat(event.getEvent().getDetails()).containsEntry(Details.REMEMBER_ME, "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "off", "true"})
    void anotherValueTakesBackAnEarlierChoice(String value) {
        notes.put(Details.REMEMBER_ME, "true");

        RememberMe.process(context(true), form(value));

        assertThat(notes).isEmpty();
    }

    @Test
    void aFormWithoutTheBoxTakesBackAnEarlierChoice() {
        notes.put(Details.REMEMBER_ME, "true");

        RememberMe.process(context(true), new MultivaluedHashMap<>());

        assertThat(notes).isEmpty();
    }

    @Test
    void aRealmThatDoesNotOfferItRemembersNobody() {
        RememberMe.process(context(false), form("on"));

        assertThat(notes).isEmpty();
    }

    private static EventBuilder event() {
        RealmModel realm = Stub.of(
                RealmModel.class,
                Map.of(
                        "isEventsEnabled", arguments -> false,
                        "getEventsListenersStream", arguments -> Stream.empty(),
                        "getId", arguments -> "realm",
                        "getName", arguments -> "realm"));
        KeycloakSessionFactory factory = Stub.of(
                KeycloakSessionFactory.class, Map.of("getProviderFactoriesStream", arguments -> Stream.empty()));
        return new EventBuilder(
                realm, Stub.of(KeycloakSession.class, Map.of("getKeycloakSessionFactory", arguments -> factory)));
    }

    private static MultivaluedMap<String, String> form(String value) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.add("rememberMe", value);
        return form;
    }

    private AuthenticationFlowContext context(boolean offered) {
        RealmModel realm = Stub.of(RealmModel.class, Map.of("isRememberMe", arguments -> offered));
        AuthenticationSessionModel login = Stub.of(
                AuthenticationSessionModel.class,
                Map.of(
                        "setAuthNote", arguments -> notes.put((String) arguments[0], (String) arguments[1]),
                        "removeAuthNote", arguments -> notes.remove((String) arguments[0])));
        return Stub.of(
                AuthenticationFlowContext.class,
                Map.of(
                        "getRealm", arguments -> realm,
                        "getEvent", arguments -> event,
                        "getAuthenticationSession", arguments -> login));
    }
}
