package io.github.keycloakpasskey.keycloak.credential;

import java.util.List;

/**
 * The passkeys that a new one replaces.
 *
 * @param passkeys those of the user that are known to be replaced
 * @param all whether the new passkey is to be the only one: a passkey that the user gets before it is stored is replaced
 *     too, and earlier sign-ins of the user no longer count
 */
public record Replaced(List<Passkey> passkeys, boolean all) {

    /** The new passkey is one more. */
    public static final Replaced NONE = new Replaced(List.of(), false);

    public Replaced {
        passkeys = List.copyOf(passkeys);
    }
}
