package io.github.keycloakpasskey.webauthn;

import java.security.cert.X509Certificate;
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
 * @param algorithms what a new key may use, the preferred one first
 * @param userVerification whether the authenticator checks who is there
 * @param residentKey whether a new passkey has to be discoverable
 * @param attestation what a new passkey has to tell about its authenticator
 * @param attachment which kind of authenticator may make a new passkey; any where empty
 * @param acceptableAaguids the models of authenticators that a new passkey may come from, UUIDs in
 *     text; any where empty. Needs an attestation, as without one the model is only claimed
 * @param timeout how long the browser waits for the person; its own default where empty
 * @param trustAnchors where the attestation's certificates have to lead; not judged where empty
 */
public record RelyingPartyPolicy(
        String rpId,
        String rpName,
        Set<String> origins,
        Set<String> topOrigins,
        List<CoseAlgorithm> algorithms,
        UserVerification userVerification,
        ResidentKey residentKey,
        AttestationConveyance attestation,
        Optional<AuthenticatorAttachment> attachment,
        Set<String> acceptableAaguids,
        Optional<Duration> timeout,
        Set<X509Certificate> trustAnchors) {

    public RelyingPartyPolicy {
        origins = Set.copyOf(origins);
        topOrigins = Set.copyOf(topOrigins);
        algorithms = List.copyOf(algorithms);
        acceptableAaguids = Set.copyOf(acceptableAaguids);
        trustAnchors = Set.copyOf(trustAnchors);
        if (rpId.isEmpty() || origins.isEmpty() || algorithms.isEmpty()) {
            throw new IllegalArgumentException("a relying party has an id, an origin and an algorithm");
        }
    }

    boolean requiresUserVerification() {
        return userVerification == UserVerification.REQUIRED;
    }
}
