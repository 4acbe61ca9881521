package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.testbed.AuthenticationCeremony;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;

/** Somebody with a password, and with a passkey where their way to sign in has them. Used by one thread at a time. */
final class Account {

    private final String username;
    private final String password;
    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
    private boolean counting;

    Account(String username, String password) {
        this.username = username;
        this.password = password;
    }

    String username() {
        return username;
    }

    String password() {
        return password;
    }

    SoftwareAuthenticator authenticator() {
        return authenticator;
    }

    /** Whether the authenticator counts its signatures. Passkeys that are synced do not. */
    void counting(boolean counts) {
        counting = counts;
    }

    /** The answer to {@code PublicKeyCredentialRequestOptionsJSON}: an {@code AuthenticationResponseJSON}. */
    String authenticate(String options, String origin) {
        AuthenticationCeremony ceremony = authenticator.authenticate(options, origin);
        return (counting ? ceremony : ceremony.signCount(0)).json();
    }
}
