package io.github.keycloakpasskey.keycloak.settings;

import java.util.Locale;

/**
 * How a page asks for a passkey: three of the mediation requirements of Credential Management §2.3.2, the user interface
 * mode {@code immediate} of browsers ({@code uiMode}), and none. The page always has a button.
 */
public enum Mediation {
    /** The browser offers passkeys in a text field, beside its other suggestions for that field (§5.1.4). */
    CONDITIONAL,
    /** The browser asks as soon as the page has loaded. */
    OPTIONAL,
    /** As {@link #OPTIONAL}, and the user must always take part. */
    REQUIRED,
    /**
     * The button first asks only for passkeys of this device, if the browser supports it ({@code immediateGet}). A user
     * without one does not see a dialog of the browser.
     */
    IMMEDIATE,
    /** The browser asks only when the user presses the button. */
    NONE;

    /** The name in settings and pages: {@code conditional}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
