package io.github.keycloakpasskey.keycloak.login;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Named texts that live as long as a login: a kind of note of Keycloak's authentication session, or a map. */
final class Notes {

    private final UnaryOperator<String> getter;
    private final BiConsumer<String, String> setter;
    private final Consumer<String> remover;

    private Notes(UnaryOperator<String> getter, BiConsumer<String, String> setter, Consumer<String> remover) {
        this.getter = getter;
        this.setter = setter;
        this.remover = remover;
    }

    /** The notes for the steps of the login. They are lost when the login restarts. */
    static Notes ofSteps(AuthenticationSessionModel session) {
        return new Notes(session::getAuthNote, session::setAuthNote, session::removeAuthNote);
    }

    /** The notes about the client's request. They survive a restart of the login. */
    static Notes ofClient(AuthenticationSessionModel session) {
        return new Notes(session::getClientNote, session::setClientNote, session::removeClientNote);
    }

    /** The entries of the map, which changes with the notes. */
    static Notes of(Map<String, String> entries) {
        return new Notes(entries::get, entries::put, entries::remove);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(getter.apply(name));
    }

    void set(String name, String value) {
        setter.accept(name, value);
    }

    void remove(String name) {
        remover.accept(name);
    }
}
