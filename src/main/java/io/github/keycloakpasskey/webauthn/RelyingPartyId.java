package io.github.keycloakpasskey.webauthn;

import java.util.Optional;

/**
 * A relying party ID (§5.1.2): the domain for which passkeys are created. Authenticators sign its hash, so each has one
 * form, {@link #toString()}: lower case and ASCII.
 */
public final class RelyingPartyId {

    private final String domain;

    private RelyingPartyId(String domain) {
        this.domain = domain;
    }

    /**
     * Reads an ID in any spelling: with capitals, or a name that is not ASCII.
     *
     * @return empty if no browser takes the text for an ID, as it has a scheme, a port or a wildcard, or is an address
     */
    public static Optional<RelyingPartyId> parse(String text) {
        try {
            String domain = HostName.normalized(text);
            boolean isId = !domain.endsWith(".") && !HostName.isAddress(domain);
            return isId ? Optional.of(new RelyingPartyId(domain)) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /**
     * The ID of a relying party that has no other: the host of its pages. If that is an address, browsers refuse to use
     * passkeys there, and tell the user.
     */
    public static RelyingPartyId of(WebOrigin origin) {
        return new RelyingPartyId(origin.host());
    }

    @Override
    public String toString() {
        return domain;
    }
}
