package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.FailureReason;
import java.util.function.Function;

/** Why a ceremony was refused: for a reason of the specification's, or one of Keycloak's. */
public sealed interface RefusalReason {

    /** A rule of WebAuthn was broken. */
    record OfWebAuthn(FailureReason reason) implements RefusalReason {}

    /** Keycloak, the realm or the browser stands in the way. */
    record OfKeycloak(KeycloakReason reason) implements RefusalReason {}

    static RefusalReason of(FailureReason reason) {
        return new OfWebAuthn(reason);
    }

    static RefusalReason of(KeycloakReason reason) {
        return new OfKeycloak(reason);
    }

    /** Calls the function for the kind of reason that this is. */
    default <T> T map(Function<FailureReason, T> ofWebAuthn, Function<KeycloakReason, T> ofKeycloak) {
        return this instanceof OfWebAuthn webAuthn
                ? ofWebAuthn.apply(webAuthn.reason())
                : ofKeycloak.apply(((OfKeycloak) this).reason());
    }

    /** The reason as events show it: {@code challenge-mismatch}. */
    default String code() {
        return map(FailureReason::code, KeycloakReason::code);
    }
}
