package io.github.keycloakpasskey.bench;

import java.util.Map;

/** Keycloak's login form, with the password. */
final class PasswordPages implements Pages {

    static final String FORM = "kc-form-login";

    @Override
    public String signInForm() {
        return FORM;
    }

    @Override
    public Map<String, String> signIn(Html page, Account account, String origin) {
        return Map.of("username", account.username(), "password", account.password(), "credentialId", "");
    }

    @Override
    public String registrationForm() {
        throw new UnsupportedOperationException("Passwords are not registered");
    }

    @Override
    public Map<String, String> registration(Html page, Account account, String origin) {
        throw new UnsupportedOperationException("Passwords are not registered");
    }
}
