package io.github.keycloakpasskey.bench;

import java.util.Map;

/** What a browser does with the pages of one way to sign in: answers them, with the software authenticator. */
interface Pages {

    /** The form of the sign-in page, by its id. */
    String signInForm();

    /** What is posted with it. */
    Map<String, String> signIn(Html page, Account account, String origin);

    /** The form of the page that registers a passkey, by its id. */
    String registrationForm();

    /** What is posted with it. */
    Map<String, String> registration(Html page, Account account, String origin);
}
