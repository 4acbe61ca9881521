package io.github.keycloakpasskey.keycloak.login;

import java.util.Map;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Named texts that live as long as a login: a kind of note of Keycloak's authentication session, or a map. */
interface Notes {

    Optional<String> get(String name);

    void set(String name, String value);

    void remove(String name);

    /** The notes for the steps of the login. They are lost when the login restarts. */
    static Notes ofSteps(AuthenticationSessionModel session) {
        return new Notes() {
            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(session.getAuthNote(name));
            }

            @Override
            public void set(String name, String value) {
                session.setAuthNote(name, value);
            }

            @Override
            public void remove(String name) {
                session.removeAuthNote(name);
            }
        };
    }

    /** The notes about the client's request. They survive a restart of the login. */
    static Notes ofClient(AuthenticationSessionModel session) {
        return new Notes() {
            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(session.getClientNote(name));
            }

            @Override
            public void set(String name, String value) {
                session.setClientNote(name, value);
            }

            @Override
            public void remove(String name) {
                session.removeClientNote(name);
            }
        };
    }

    /** The entries of the map, which changes with the notes. */
    static Notes of(Map<String, String> entries) {
        return new Notes() {
            @Override
            public Optional<String> get(String name) {
                return Optional.ofNullable(entries.get(name));
            }

            @Override
            public void set(String name, String value) {
                entries.put(name, value);
            }

            @Override
            public void remove(String name) {
                entries.remove(name);
            }
        };
    }
}
