package io.github.keycloakpasskey.fuzz;

import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;

/**
 * Who asks for a ceremony, with which challenge, and when.
 *
 * @param at the instant at which certificates are judged: the same in every run
 */
record Site(String rpId, String origin, Challenge challenge, boolean verifiesUsers, Instant at) {

    /** Where the software authenticator is used. */
    static final Site OWN = new Site(
            "example.org",
            "https://login.example.org",
            new Challenge(Bytes.ofBase64Url("AAECAwQFBgcICQoLDA0ODw")),
            true,
            Instant.parse("2026-01-01T00:00:00Z"));

    RelyingParty relyingParty() {
        RelyingPartyPolicy policy = RelyingPartyPolicy.builder(rpId, rpId)
                .origins(Set.of(origin))
                .algorithms(Arrays.asList(CoseAlgorithm.values()))
                .userVerification(verifiesUsers ? UserVerification.REQUIRED : UserVerification.PREFERRED)
                .residentKey(ResidentKey.PREFERRED)
                .build();
        return new RelyingParty(policy, Clock.fixed(at, ZoneOffset.UTC));
    }

    byte[] rpIdHash() {
        return Bytes.of(rpId.getBytes(StandardCharsets.UTF_8)).sha256().toByteArray();
    }
}
