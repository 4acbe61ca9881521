package io.github.keycloakpasskey.keycloak.server;

import java.util.Optional;
import org.keycloak.models.WebAuthnPolicy;

/** The choices of a realm's WebAuthn policy that not every version of Keycloak has. */
public final class PolicyChoices {

    private static final NewerMethod RESIDENT_KEY = NewerMethod.of(WebAuthnPolicy.class, "getResidentKey");
    private static final NewerMethod MEDIATION = NewerMethod.of(WebAuthnPolicy.class, "getMediation");

    private PolicyChoices() {}

    /**
     * Whether new passkeys must be discoverable, in WebAuthn's words. Before Keycloak 26.7 the policy has only the
     * yes-or-no choice {@link WebAuthnPolicy#getRequireResidentKey()}, and this is empty.
     */
    public static Optional<String> residentKey(WebAuthnPolicy policy) {
        return read(RESIDENT_KEY, policy);
    }

    /** How sign-in pages ask for a passkey. Before Keycloak 26.7 the policy has no such choice, and this is empty. */
    public static Optional<String> mediation(WebAuthnPolicy policy) {
        return read(MEDIATION, policy);
    }

    private static Optional<String> read(NewerMethod getter, WebAuthnPolicy policy) {
        return getter.isPresent() ? getter.call(policy).map(String.class::cast) : Optional.empty();
    }
}
