package io.github.keycloakpasskey.bench;

import java.util.Map;

/** The pages of this extension. */
final class ExtensionPages implements Pages {

    private static final String FORM = "passkey-form";

    @Override
    public String signInForm() {
        return FORM;
    }

    @Override
    public Map<String, String> signIn(Html page, Account account, String origin) {
        return Map.of("passkeyResponse", account.authenticate(options(page), origin));
    }

    @Override
    public String registrationForm() {
        return FORM;
    }

    /** An account with many passkeys stands for a person with many authenticators. */
    @Override
    public Map<String, String> registration(Html page, Account account, String origin) {
        return Map.of(
                "passkeyResponse",
                account.authenticator()
                        .register(options(page), origin)
                        .ignoringExcludes()
                        .json());
    }

    private static String options(Html page) {
        return page.attribute("form", FORM, "data-options");
    }
}
