package io.github.keycloakpasskey.testbed;

import java.time.Duration;
import java.util.Map;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;

/** A session of Keycloak that has single-use objects and the lifespan of a login, and nothing else. */
public final class SingleUseSession {

    private SingleUseSession() {}

    /**
     * Made of a map.
     *
     * @param objects holds the single-use objects, with the seconds for which each is remembered
     */
    public static KeycloakSession with(Map<Object, Object> objects, Duration loginLifespan) {
        SingleUseObjectProvider provider = Stub.of(
                SingleUseObjectProvider.class,
                Map.of(
                        "putIfAbsent", arguments -> objects.putIfAbsent(arguments[0], arguments[1]) == null,
                        "contains", arguments -> objects.containsKey(arguments[0]),
                        "remove", arguments -> objects.remove(arguments[0]) == null ? null : Map.of()));
        Stub.Answer lifespan = arguments -> (int) loginLifespan.toSeconds();
        RealmModel realm = Stub.of(
                RealmModel.class,
                Map.of(
                        "getAccessCodeLifespanLogin", lifespan,
                        "getAccessCodeLifespanUserAction", lifespan,
                        "getAccessCodeLifespan", lifespan));
        KeycloakContext context = Stub.of(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        return Stub.of(
                KeycloakSession.class,
                Map.of("singleUseObjects", arguments -> provider, "getContext", arguments -> context));
    }
}
