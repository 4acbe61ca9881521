package io.github.keycloakpasskey.bench;

import static io.github.keycloakpasskey.testbed.BuiltInPages.creationOptions;
import static io.github.keycloakpasskey.testbed.BuiltInPages.registrationFields;
import static io.github.keycloakpasskey.testbed.BuiltInPages.requestOptions;
import static io.github.keycloakpasskey.testbed.BuiltInPages.signInFields;

import java.util.Map;

/** The pages of Keycloak's built-in passkeys: what {@code webauthnAuthenticate.js} and {@code webauthnRegister.js} do. */
final class BuiltInPages implements Pages {

    @Override
    public String signInForm() {
        return "webauth";
    }

    @Override
    public Map<String, String> signIn(Html page, Account account, String origin) {
        String options = requestOptions(page.scriptValue("challenge"), page.scriptValue("rpId"));
        return signInFields(account.authenticate(options, origin));
    }

    @Override
    public String registrationForm() {
        return "register";
    }

    @Override
    public Map<String, String> registration(Html page, Account account, String origin) {
        String options =
                creationOptions(page.scriptValue("challenge"), page.scriptValue("rpId"), page.scriptValue("userid"));
        return registrationFields(
                account.authenticator().register(options, origin).json());
    }
}
