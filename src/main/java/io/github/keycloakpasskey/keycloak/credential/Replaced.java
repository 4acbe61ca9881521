package io.github.keycloakpasskey.keycloak.credential;

import java.util.List;

/**
 * The passkeys that a new one replaces.
 *
 * @param passkeys those of the user that are known to be replaced
 * @param all whether the new passkey is to be the only one: also one that the user gets until it is stored is replaced, and
 *     whoever is signed in as the user is signed out
 */
public record Replaced(List<Passkey> passkeys, boolean all) {

    /** The new passkey is one more. */
    public static final Replaced NONE = new Replaced(List.of(), false);

    public Replaced {
        passkeys = List.copyOf(passkeys);
    }
}
