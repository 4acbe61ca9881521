package io.github.keycloakpasskey.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.AttestationPolicy;
import io.github.keycloakpasskey.webauthn.AttestationTrust;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Certificates;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One recorded ceremony: reads its members, and asks the relying party for a verdict. */
final class RecordedCeremony {

    private final JsonNode json;

    private RecordedCeremony(JsonNode json) {
        this.json = json;
    }

    static Finding judge(JsonNode json) {
        try {
            return new RecordedCeremony(json)
                    .verdict()
                    .refusal()
                    .map(reason -> new Finding("invalid " + reason.code(), reason.explanation()))
                    .orElse(Finding.VALID);
        } catch (RecordingException unusable) {
            return new Finding(
                    "invalid recording-unusable: " + unusable.getMessage(),
                    "The recording lacks what a verdict needs; nothing is said of the ceremony.");
        }
    }

    private Verdict<?, FailureReason> verdict() throws RecordingException {
        String type = text("type");
        return switch (type) {
            case "registration" -> registration();
            case "authentication" -> authentication();
            default -> throw new RecordingException("type is \"" + type + "\"");
        };
    }

    private Verdict<CredentialRecord, FailureReason> registration() throws RecordingException {
        RegistrationResponse response = new RegistrationResponse(
                bytes("clientDataJSON"), bytes("attestationObject"), List.of(), Optional.empty(), Optional.empty());
        return relyingParty().verifyRegistration(challenge(), response);
    }

    private Verdict<?, FailureReason> authentication() throws RecordingException {
        Bytes credentialId = optionalBytes("credentialId").orElse(Bytes.of(new byte[] {0}));
        if (!json.path("allowCredentials").isEmpty() && !listed("allowCredentials", credentialId)) {
            return Verdict.refused(FailureReason.CREDENTIAL_NOT_ALLOWED);
        }
        AuthenticationResponse response = AuthenticationResponse.builder(credentialId)
                .clientDataJson(bytes("clientDataJSON"))
                .authenticatorData(bytes("authenticatorData"))
                .signature(bytes("signature"))
                .userHandle(optionalBytes("userHandle"))
                .build();
        CredentialRecord credential = credential(response);
        Bytes owner =
                optionalBytes("expectedUserHandle").or(response::userHandle).orElse(credentialId);
        AuthenticationExpectation expected = new AuthenticationExpectation(challenge(), credential, owner, true);
        return relyingParty().verifyAuthentication(expected, response).then(assertion -> {
            if (assertion.suggestsClone(credential.signCount())) {
                return Verdict.refused(FailureReason.SIGN_COUNT_NOT_INCREASED);
            }
            return Verdict.accepted(assertion);
        });
    }

    private CredentialRecord credential(AuthenticationResponse response) throws RecordingException {
        return CredentialRecord.builder(response.credentialId(), bytes("publicKeyCose"))
                .signCount(json.path("storedSignCount").asLong())
                .backupEligible(storedBackupEligible())
                .build();
    }

    private Optional<Boolean> storedBackupEligible() {
        return json.hasNonNull("storedBackupEligible")
                ? Optional.of(json.path("storedBackupEligible").asBoolean())
                : Optional.empty();
    }

    private RelyingParty relyingParty() throws RecordingException {
        boolean verificationRequired = json.path("userVerificationRequired").asBoolean(true);
        RelyingPartyPolicy policy = RelyingPartyPolicy.builder(text("rpId"), text("rpId"))
                .origins(Set.of(text("origin")))
                .topOrigins(topOrigins())
                .algorithms(algorithms())
                .userVerification(verificationRequired ? UserVerification.REQUIRED : UserVerification.PREFERRED)
                .residentKey(ResidentKey.PREFERRED)
                .attestation(attestation())
                .build();
        return new RelyingParty(policy, clock());
    }

    private Set<String> topOrigins() {
        Set<String> origins = new LinkedHashSet<>();
        json.path("topOrigins").forEach(origin -> origins.add(origin.asText()));
        return origins;
    }

    private List<CoseAlgorithm> algorithms() throws RecordingException {
        if (!json.has("algorithms")) {
            return Arrays.asList(CoseAlgorithm.values());
        }
        List<CoseAlgorithm> offered = new ArrayList<>();
        json.path("algorithms")
                .forEach(number -> CoseAlgorithm.ofNumber(number.asLong()).ifPresent(offered::add));
        if (offered.isEmpty()) {
            throw new RecordingException("algorithms has none that can be verified");
        }
        return offered;
    }

    /**
     * Every statement is verified, also one that a server ignores because it asked for none. Its certificates must be trusted
     * only if the recording has trust anchors.
     */
    private AttestationPolicy attestation() throws RecordingException {
        Optional<AttestationTrust> trust = Optional.of(trustAnchors())
                .filter(anchors -> !anchors.isEmpty())
                .map(AttestationTrust::of);
        return new AttestationPolicy(AttestationConveyance.INDIRECT, Optional.empty(), trust);
    }

    private Set<X509Certificate> trustAnchors() throws RecordingException {
        Set<X509Certificate> anchors = new LinkedHashSet<>();
        for (JsonNode der : json.path("trustAnchors")) {
            try {
                anchors.add(Certificates.ofMimeBase64(der.asText()));
            } catch (MalformedException notACertificate) {
                throw new RecordingException("trustAnchors has something that is no certificate", notACertificate);
            }
        }
        return anchors;
    }

    private Clock clock() throws RecordingException {
        if (!json.has("at")) {
            return Clock.systemUTC();
        }
        try {
            return Clock.fixed(Instant.parse(text("at")), ZoneOffset.UTC);
        } catch (DateTimeParseException notAnInstant) {
            throw new RecordingException("at is no ISO instant", notAnInstant);
        }
    }

    private Challenge challenge() throws RecordingException {
        try {
            return new Challenge(bytes("challenge"));
        } catch (IllegalArgumentException tooShort) {
            throw new RecordingException("challenge: " + tooShort.getMessage(), tooShort);
        }
    }

    private boolean listed(String member, Bytes value) {
        for (JsonNode entry : json.path(member)) {
            if (entry.asText().equals(value.toBase64Url())) {
                return true;
            }
        }
        return false;
    }

    private String text(String member) throws RecordingException {
        String text = json.path(member).textValue();
        if (text == null || text.isEmpty()) {
            throw new RecordingException(member + " is missing");
        }
        return text;
    }

    private Bytes bytes(String member) throws RecordingException {
        JsonNode value = json.path(member);
        if (!value.isTextual()) {
            throw new RecordingException(member + " is missing");
        }
        try {
            return Bytes.ofBase64Url(value.textValue());
        } catch (IllegalArgumentException notBase64Url) {
            throw new RecordingException(member + " is not base64url", notBase64Url);
        }
    }

    private Optional<Bytes> optionalBytes(String member) throws RecordingException {
        return json.hasNonNull(member) ? Optional.of(bytes(member)) : Optional.empty();
    }

    /** There is no verdict without this. */
    private static final class RecordingException extends Exception {

        private static final long serialVersionUID = 1L;

        RecordingException(String message) {
            super(message);
        }

        RecordingException(String message, Exception cause) {
            super(message, cause);
        }
    }
}
