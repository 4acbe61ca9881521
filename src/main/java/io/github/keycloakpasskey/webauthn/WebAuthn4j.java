package io.github.keycloakpasskey.webauthn;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.webauthn4j.anchor.TrustAnchorRepository;
import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.AttestationType;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.CoreServerProperty;
import com.webauthn4j.util.SignatureUtil;
import com.webauthn4j.verifier.CoreRegistrationObject;
import com.webauthn4j.verifier.attestation.statement.AttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidkey.AndroidKeyAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidsafetynet.AndroidSafetyNetAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.apple.AppleAnonymousAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.none.NoneAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.packed.PackedAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.tpm.TPMAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * The one place that calls webauthn4j: decoding, signatures, attestation statements.
 *
 * <p>The library throws unchecked exceptions of many kinds on hostile input, not all of them its
 * own. Here each becomes the reason of the step in which it was thrown, so that no input can end a
 * ceremony in anything but a verdict.
 */
final class WebAuthn4j {

    // Costly to make and safe to share.
    private static final ObjectConverter CONVERTER = new ObjectConverter();
    private static final AttestationObjectConverter ATTESTATION_OBJECTS = new AttestationObjectConverter(CONVERTER);
    private static final AuthenticatorDataConverter AUTHENTICATOR_DATA = new AuthenticatorDataConverter(CONVERTER);
    private static final ObjectMapper STRICT_CBOR =
            new ObjectMapper(new CBORFactory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final List<AttestationStatementVerifier> STATEMENT_VERIFIERS = List.of(
            new NoneAttestationStatementVerifier(),
            new PackedAttestationStatementVerifier(),
            new TPMAttestationStatementVerifier(),
            new AndroidKeyAttestationStatementVerifier(),
            new AndroidSafetyNetAttestationStatementVerifier(),
            new FIDOU2FAttestationStatementVerifier(),
            new AppleAnonymousAttestationStatementVerifier());
    private static final Set<String> FORMATS =
            Set.of("none", "packed", "tpm", "android-key", "android-safetynet", "fido-u2f", "apple");

    private static final int AAGUID_AND_LENGTH = 18;

    private WebAuthn4j() {}

    /** Runs one call into the library; whatever it throws means that its step failed. */
    private static <T> T call(FailureReason otherwise, Callable<T> step) throws CeremonyException {
        T result;
        try {
            result = step.call();
        } catch (Exception refusal) {
            throw new CeremonyException(otherwise, refusal);
        }
        CeremonyException.require(result != null, otherwise);
        return result;
    }

    static AttestationObject decodeAttestationObject(Bytes attestationObject) throws CeremonyException {
        JsonNode tree = call(
                FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                () -> STRICT_CBOR.readTree(attestationObject.toByteArray()));
        String format = Json.requireText(tree, "fmt", FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        CeremonyException.require(FORMATS.contains(format), FailureReason.ATTESTATION_FORMAT_UNSUPPORTED);
        return call(
                FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                () -> ATTESTATION_OBJECTS.convert(attestationObject.toByteArray()));
    }

    static Bytes authenticatorData(Bytes attestationObject) throws CeremonyException {
        return Bytes.of(call(
                FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                () -> ATTESTATION_OBJECTS.extractAuthenticatorData(attestationObject.toByteArray())));
    }

    static AttestedCredential attestedCredential(AttestationObject attestationObject, AuthenticatorData data)
            throws CeremonyException {
        AttestedCredentialData credential = call(
                FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                () -> attestationObject.getAuthenticatorData().getAttestedCredentialData());
        byte[] encoded = call(
                FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                () -> AUTHENTICATOR_DATA.extractAttestedCredentialData(
                        data.bytes().toByteArray()));
        Bytes id = Bytes.of(credential.getCredentialId());
        // Extensions announced by the flags have to be there: the map is at least one byte long.
        int extensionBytes = data.bytes().size() - AuthenticatorData.HEAD - encoded.length;
        CeremonyException.require(
                data.hasExtensions() == extensionBytes > 0, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        Bytes cose = Bytes.of(encoded).slice(AAGUID_AND_LENGTH + id.size(), encoded.length);
        return new AttestedCredential(credential.getAaguid().toString(), id, CredentialPublicKey.parse(cose));
    }

    static void verifyExtensions(Bytes authenticatorData) throws CeremonyException {
        CeremonyException.require(
                authenticatorData.size() > AuthenticatorData.HEAD, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        call(
                FailureReason.AUTHENTICATOR_DATA_UNREADABLE,
                () -> AUTHENTICATOR_DATA.convert(authenticatorData.toByteArray()));
    }

    static COSEKey decodeKey(Bytes cose) throws CeremonyException {
        return call(
                FailureReason.PUBLIC_KEY_INVALID,
                () -> CONVERTER.getCborConverter().readValue(cose.toByteArray(), COSEKey.class));
    }

    static ECPublicKey ecPublicKey(EC2COSEKey key) throws CeremonyException {
        return call(FailureReason.PUBLIC_KEY_INVALID, () -> (ECPublicKey) key.getPublicKey());
    }

    static boolean verifySignature(COSEKey key, Bytes signature, Bytes signed) throws CeremonyException {
        Signature verifier = call(FailureReason.PUBLIC_KEY_INVALID, () -> {
            Signature prepared =
                    SignatureUtil.createSignature(key.getAlgorithm().toSignatureAlgorithm());
            prepared.initVerify(key.getPublicKey());
            prepared.update(signed.toByteArray());
            return prepared;
        });
        try {
            return verifier.verify(signature.toByteArray());
        } catch (SignatureException notEvenASignature) {
            return false;
        }
    }

    static AttestationType verifyStatement(
            AttestationObject attestationObject, Bytes encoded, Bytes clientDataHash, String rpId, Instant at)
            throws CeremonyException {
        // The verifiers read only the hash of the client data, which the challenge is part of.
        CoreRegistrationObject registration = call(
                FailureReason.ATTESTATION_INVALID,
                () -> new CoreRegistrationObject(
                        attestationObject,
                        encoded.toByteArray(),
                        clientDataHash.toByteArray(),
                        new CoreServerProperty(rpId, new DefaultChallenge()),
                        at));
        return call(FailureReason.ATTESTATION_INVALID, () -> {
            attestationObject.getAttestationStatement().validate();
            for (AttestationStatementVerifier verifier : STATEMENT_VERIFIERS) {
                if (verifier.supports(registration)) {
                    return verifier.verify(registration);
                }
            }
            return null;
        });
    }

    /** Whether the statement's certificates lead to one of the anchors, or are one of them. */
    static boolean leadsTo(CertificateBaseAttestationStatement statement, Set<X509Certificate> anchors, Instant at) {
        try {
            call(FailureReason.ATTESTATION_UNTRUSTED, () -> {
                new DefaultCertPathTrustworthinessVerifier(new FixedTrustAnchors(anchors))
                        .verify(AAGUID.ZERO, statement, at);
                return statement;
            });
            return true;
        } catch (CeremonyException leadsElsewhere) {
            return false;
        }
    }

    /** What a model without an AAGUID is known by: SHA-1 of the attestation certificate's public key. */
    static Optional<Bytes> certificateKeyIdentifier(CertificateBaseAttestationStatement statement) {
        try {
            return Optional.of(Bytes.of(call(
                    FailureReason.ATTESTATION_INVALID,
                    () -> DefaultCertPathTrustworthinessVerifier.extractSubjectKeyIdentifier(statement
                            .getX5c()
                            .getEndEntityAttestationCertificate()
                            .getCertificate()))));
        } catch (CeremonyException unreadable) {
            return Optional.empty();
        }
    }

    /** The same anchors for every authenticator: whoever asks has chosen them for one model. */
    private static final class FixedTrustAnchors implements TrustAnchorRepository {

        private final Set<TrustAnchor> anchors;

        FixedTrustAnchors(Set<X509Certificate> certificates) {
            anchors = certificates.stream()
                    .map(certificate -> new TrustAnchor(certificate, null))
                    .collect(Collectors.toUnmodifiableSet());
        }

        @Override
        public Set<TrustAnchor> find(AAGUID aaguid) {
            return anchors;
        }

        @Override
        public Set<TrustAnchor> find(byte[] attestationCertificateKeyIdentifier) {
            return anchors;
        }
    }
}
