package io.github.keycloakpasskey.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The ways to sign in that are compared. */
enum Way {
    EXTENSION("this extension", "passkey-username-password-form", "passkey-register"),
    BUILT_IN("built-in passkeys", "auth-username-password-form", "webauthn-register-passwordless"),
    PASSWORD("password", "auth-username-password-form", "");

    private final String label;
    private final String step;
    private final String registration;

    Way(String label, String step, String registration) {
        this.label = label;
        this.step = step;
        this.registration = registration;
    }

    /** These ways, another one first in each round: what one leaves behind for the next meets all alike. */
    static List<Way> inTurn(List<Way> ways, int round) {
        List<Way> turned = new ArrayList<>(ways);
        Collections.rotate(turned, round);
        return turned;
    }

    /** For tables. */
    String label() {
        return label;
    }

    /** The authenticator of the sign-in page. */
    String step() {
        return step;
    }

    /** The required action that registers a passkey; empty where there is none. */
    String registration() {
        return registration;
    }

    boolean hasPasskeys() {
        return !registration.isEmpty();
    }

    Pages pages() {
        return switch (this) {
            case EXTENSION -> new ExtensionPages();
            case BUILT_IN -> new BuiltInPages();
            case PASSWORD -> new PasswordPages();
        };
    }
}
