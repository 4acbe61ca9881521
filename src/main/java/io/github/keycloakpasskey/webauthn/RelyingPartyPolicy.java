package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a relying party asks for and accepts. Comes from the administrator's settings.
 *
 * @param rpId the relying party's id, a domain (§5.4.2)
 * @param rpName the name that people are shown
 * @param origins the origins whose pages may run a ceremony, compared to the letter (§13.4.9)
 * @param topOrigins the origins of other sites that may embed such a page
 * @param algorithms what a new key may use, the preferred one first; where there is none, every new key is refused
 * @param userVerification whether the authenticator checks who is there
 * @param residentKey whether a new passkey has to be discoverable
 * @param timeout how long the browser waits for the person; its own default where empty
 * @param hints which kinds of authenticators the browser is told to offer, the preferred one first
 * @param attestation what a new passkey has to tell about its authenticator
 * @param authenticators which authenticators may make a new passkey, or by their attachment use one
 */
public record RelyingPartyPolicy(
        String rpId,
        String rpName,
        Set<String> origins,
        Set<String> topOrigins,
        List<CoseAlgorithm> algorithms,
        UserVerification userVerification,
        ResidentKey residentKey,
        Optional<Duration> timeout,
        List<Hint> hints,
        AttestationPolicy attestation,
        AuthenticatorPolicy authenticators) {

    public RelyingPartyPolicy {
        origins = Set.copyOf(origins);
        topOrigins = Set.copyOf(topOrigins);
        algorithms = List.copyOf(algorithms);
        hints = List.copyOf(hints);
        if (rpId.isEmpty() || origins.isEmpty()) {
            throw new IllegalArgumentException("a relying party has an id and an origin");
        }
    }

    boolean requiresUserVerification() {
        return userVerification == UserVerification.REQUIRED;
    }
}
