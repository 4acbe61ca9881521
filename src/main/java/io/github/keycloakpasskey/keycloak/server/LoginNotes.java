package io.github.keycloakpasskey.keycloak.server;

/**
 * Keys of notes that Keycloak sets in a login, and that the oldest supported version has no constant for. Older versions
 * never set these notes.
 */
public final class LoginNotes {

    /** Since Keycloak 26.7: the address of a pushed or passed request object. */
    public static final String AUTHORIZATION_REQUEST_URI = "authorization_request_uri";

    private LoginNotes() {}
}
