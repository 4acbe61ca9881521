package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The passkeys that options name to a browser. Chromium throws an error if a list has more than {@value #MOST} entries, so
 * that of a longer list only the passkeys that were used last remain. A passkey that was never used counts by its creation.
 */
public final class ListedPasskeys {

    /** The length of the longest list that every browser accepts. */
    public static final int MOST = 64;

    private static final Comparator<Passkey> LAST_USED_FIRST =
            Comparator.comparing(ListedPasskeys::lastUsed).reversed();

    private ListedPasskeys() {}

    /** The descriptors of these passkeys, in their order; of those that were used last if there are too many. */
    public static List<CredentialDescriptor> of(Collection<Passkey> passkeys) {
        Collection<Passkey> listed = passkeys.size() <= MOST
                ? passkeys
                : passkeys.stream().sorted(LAST_USED_FIRST).limit(MOST).toList();
        return listed.stream().map(passkey -> passkey.credential().descriptor()).toList();
    }

    private static Instant lastUsed(Passkey passkey) {
        return passkey.record().lastUsed().or(passkey::created).orElse(Instant.EPOCH);
    }
}
