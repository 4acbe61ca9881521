package io.github.keycloakpasskey.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Vectors;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** A registration that holds, to be changed. */
record GenuineRegistration(
        String name, Site site, RelyingParty relyingParty, String json, Bytes clientDataJson, Bytes attestationObject) {

    private static final int RP_ID_HASH = 32;
    private static final int COUNTER = 4;
    private static final int AAGUID = 16;

    /** Made by the software authenticator: no attestation, and self attestation. */
    static List<GenuineRegistration> own() {
        return List.of(
                own("none-es256", Algorithm.ES256, Attestation.NONE),
                own("none-eddsa", Algorithm.EDDSA, Attestation.NONE),
                own("none-rs256", Algorithm.RS256, Attestation.NONE),
                own("self-rs256", Algorithm.RS256, Attestation.PACKED_SELF));
    }

    /** Of real authenticators: one of each format that has certificates, as far as recordings are there. */
    static List<GenuineRegistration> recorded() {
        List<JsonNode> recordings = Vectors.of("real.json");
        List<GenuineRegistration> found = new ArrayList<>();
        for (AttestationFormat attested : EnumSet.complementOf(EnumSet.of(AttestationFormat.NONE))) {
            String format = attested.registeredName();
            recordings.stream()
                    .filter(recording -> recording.path("fmt").asText().equals(format))
                    .filter(recording -> recording.path("type").asText().equals("registration"))
                    .filter(recording -> recording.path("expected").asText().equals("valid"))
                    .findFirst()
                    .ifPresent(recording -> found.add(recorded(format, recording)));
        }
        return found;
    }

    private static GenuineRegistration own(String name, Algorithm algorithm, Attestation attestation) {
        String options = "{\"challenge\":\"" + Site.OWN.challenge().value() + "\",\"rp\":{\"id\":\"" + Site.OWN.rpId()
                + "\"},\"user\":{\"id\":\"AQ\"},\"pubKeyCredParams\":[{\"alg\":" + algorithm.cose() + "}]}";
        String json = new SoftwareAuthenticator()
                .register(options, Site.OWN.origin())
                .keyPair(FixedKeys.of(algorithm))
                .credentialId(new byte[] {1, 2, 3, 4})
                .attestation(attestation)
                .json();
        if (RegistrationResponse.parse(json) instanceof Verdict.Accepted<RegistrationResponse, FailureReason> read) {
            RegistrationResponse response = read.value();
            return new GenuineRegistration(
                    name,
                    Site.OWN,
                    Site.OWN.relyingParty(),
                    json,
                    response.clientDataJson(),
                    response.attestationObject());
        }
        throw new IllegalStateException("what the software authenticator makes can be read");
    }

    private static GenuineRegistration recorded(String name, JsonNode recording) {
        Site site = new Site(
                recording.path("rpId").asText(),
                recording.path("origin").asText(),
                new Challenge(bytes(recording, "challenge")),
                recording.path("userVerificationRequired").asBoolean(),
                Instant.parse(recording.path("at").asText(Site.OWN.at().toString())));
        return new GenuineRegistration(
                name,
                site,
                site.relyingParty(),
                "",
                bytes(recording, "clientDataJSON"),
                bytes(recording, "attestationObject"));
    }

    private static Bytes bytes(JsonNode recording, String member) {
        return Bytes.ofBase64Url(recording.path(member).asText());
    }

    /** The attestation object in its parts, the authenticator data and the key in them too. */
    Part parts() {
        Part object = Part.cbor(ByteBuffer.wrap(attestationObject.toByteArray()));
        ByteBuffer data = ByteBuffer.wrap(object.member("authData").content());
        Part authenticatorData = Part.group(
                Part.Kind.WRAPPED,
                Part.plain(data, RP_ID_HASH),
                Part.plain(data, 1),
                Part.plain(data, COUNTER),
                Part.plain(data, AAGUID),
                Part.plain(data, Short.BYTES));
        int idLength =
                ByteBuffer.wrap(authenticatorData.children().get(4).content()).getShort();
        authenticatorData.children().add(Part.plain(data, idLength));
        while (data.hasRemaining()) {
            authenticatorData.children().add(Part.cbor(data));
        }
        return object.with("authData", authenticatorData);
    }

    /**
     * Judges this registration with another attestation object, or other client data.
     *
     * @throws AssertionError if it is accepted and must not be
     */
    boolean judge(Bytes otherClientDataJson, Bytes otherAttestationObject) {
        return judge(new RegistrationResponse(
                otherClientDataJson, otherAttestationObject, List.of(), Optional.empty(), Optional.empty()));
    }

    boolean judge(RegistrationResponse response) {
        Verdict<CredentialRecord, FailureReason> verdict = relyingParty.verifyRegistration(site.challenge(), response);
        if (verdict instanceof Verdict.Accepted<CredentialRecord, FailureReason> accepted) {
            new Acceptance(site).ofRegistration(this, response, accepted.value());
            return true;
        }
        return false;
    }
}
