package io.github.keycloakpasskey.keycloak.settings;

import java.util.Locale;

/**
 * How a page asks for a passkey: three of the values of Credential Management §2.3.2, {@code immediate}, which browsers
 * call a mode of their interface ({@code uiMode}), and nothing. The page's button is there in every case.
 */
public enum Mediation {
    /** The browser offers passkeys in a text field, beside what it would fill in there (§5.1.4). */
    CONDITIONAL,
    /** The browser asks as soon as the page is open. */
    OPTIONAL,
    /** As {@link #OPTIONAL}, and never without the person's doing. */
    REQUIRED,
    /**
     * The button first asks for passkeys that are on this device alone, where the browser can ({@code immediateGet}):
     * who has none sees no dialogue of the browser's.
     */
    IMMEDIATE,
    /** The button alone. */
    NONE;

    /** The name in settings and pages: {@code conditional}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
