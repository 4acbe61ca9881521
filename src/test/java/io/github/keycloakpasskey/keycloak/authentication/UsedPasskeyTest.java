package io.github.keycloakpasskey.keycloak.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Stub;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

@Shows(Threat.SKIPPED_PASSKEY)
class UsedPasskeyTest {

    private final Map<String, Object> notes = new HashMap<>();
    private final AuthenticationSessionModel login = login();
    private final UserModel owner = user("4f1c");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itsOwnerHasBeenThroughItAndItIsKnownWhetherThatWasVerified(boolean verified) {
        UsedPasskey used = new UsedPasskey(verified);

        used.keep(login, owner);

        assertThat(UsedPasskey.of(login, owner)).contains(used);
    }

    /** Also whose id begins as the owner's does, or as what is kept of the owner does. */
    @ParameterizedTest
    @ValueSource(strings = {"e2a7", "4f1", "4f1c1", "4f1c:verified:verified", ""})
    void nobodyElseHas(String other) {
        new UsedPasskey(true).keep(login, owner);

        assertThat(UsedPasskey.of(login, user(other))).isEmpty();
    }

    @Test
    void norHasNobody() {
        new UsedPasskey(true).keep(login, owner);

        assertThat(UsedPasskey.of(login, null)).isEmpty();
    }

    @Test
    void aLoginWithoutOneHasBeenThroughNone() {
        assertThat(UsedPasskey.of(login, owner)).isEmpty();
    }

    @Test
    void theOneThatWasUsedLastCounts() {
        UserModel next = user("e2a7");
        new UsedPasskey(true).keep(login, owner);
        new UsedPasskey(false).keep(login, next);

        assertThat(UsedPasskey.of(login, owner)).isEmpty();
        assertThat(UsedPasskey.of(login, next)).contains(new UsedPasskey(false));
    }

    @Test
    void whoIsTurnedAwayHasBeenThroughNothing() {
        new UsedPasskey(true).keep(login, owner);
        notes.put(AuthenticationProcessor.AUTHN_CREDENTIALS, "passkey");

        UsedPasskey.forget(login);

        assertThat(UsedPasskey.of(login, owner)).isEmpty();
        assertThat(notes).isEmpty();
    }

    private AuthenticationSessionModel login() {
        return Stub.of(
                AuthenticationSessionModel.class,
                Map.of(
                        "getAuthNote", arguments -> notes.get(arguments[0].toString()),
                        "setAuthNote", arguments -> notes.put(arguments[0].toString(), arguments[1]),
                        "removeAuthNote", arguments -> notes.remove(arguments[0].toString())));
    }

    private static UserModel user(String id) {
        return Stub.of(UserModel.class, Map.of("getId", arguments -> id));
    }
}
