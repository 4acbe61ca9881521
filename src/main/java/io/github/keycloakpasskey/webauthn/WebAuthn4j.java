package io.github.keycloakpasskey.webauthn;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.CoreServerProperty;
import com.webauthn4j.util.CertificateUtil;
import com.webauthn4j.verifier.CoreRegistrationObject;
import com.webauthn4j.verifier.attestation.statement.AttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidsafetynet.AndroidSafetyNetAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The one place that calls webauthn4j: for certificates, and for the attestation statements whose
 * procedure it knows in good part.
 *
 * <p>The library throws unchecked exceptions of many kinds on hostile input, not all of them its
 * own. Here each becomes a refusal, so that no input can end a ceremony in anything but a verdict.
 */
final class WebAuthn4j {

    // Costly to make and safe to share.
    private static final AttestationObjectConverter ATTESTATION_OBJECTS =
            new AttestationObjectConverter(new ObjectConverter());
    private static final AttestationStatementVerifier SAFETY_NET = safetyNet();
    private static final AttestationStatementVerifier FIDO_U2F = new FIDOU2FAttestationStatementVerifier();

    /** How far apart the clocks of Google and of this server may be. */
    private static final int CLOCK_DIFFERENCE_SECONDS = 60;

    private WebAuthn4j() {}

    private static AttestationStatementVerifier safetyNet() {
        AndroidSafetyNetAttestationStatementVerifier verifier = new AndroidSafetyNetAttestationStatementVerifier();
        verifier.setForwardThreshold(CLOCK_DIFFERENCE_SECONDS);
        return verifier;
    }

    /** Runs one call into the library; whatever it throws means that the statement is refused. */
    private static <T> T call(Callable<T> step) throws AttestationException {
        T result;
        try {
            result = step.call();
        } catch (Exception refusal) {
            throw new AttestationException(refusal);
        }
        AttestationException.require(result != null);
        return result;
    }

    /** Reads one certificate and nothing behind it. */
    static X509Certificate certificate(Bytes der) throws AttestationException {
        X509Certificate certificate = call(() -> CertificateUtil.generateX509Certificate(der.toByteArray()));
        AttestationException.require(call(() -> Arrays.equals(certificate.getEncoded(), der.toByteArray())));
        // Some are decoded only when they are asked for.
        call(certificate::getPublicKey);
        return certificate;
    }

    static void verifyFidoU2f(AttestationStatement statement) throws AttestationException {
        verify(FIDO_U2F, statement);
    }

    /** Gives the certificates of the response, the one that signed it first. */
    static List<X509Certificate> verifySafetyNet(AttestationStatement statement) throws AttestationException {
        AttestationObject verified = verify(SAFETY_NET, statement);
        return call(() -> ((CertificateBaseAttestationStatement) verified.getAttestationStatement()).getX5c());
    }

    private static AttestationObject verify(AttestationStatementVerifier verifier, AttestationStatement statement)
            throws AttestationException {
        return call(() -> {
            byte[] encoded = statement.object().bytes().toByteArray();
            AttestationObject decoded = ATTESTATION_OBJECTS.convert(encoded);
            decoded.getAttestationStatement().validate();
            // The verifiers read only the hash of the client data, which the challenge is part of.
            verifier.verify(new CoreRegistrationObject(
                    decoded,
                    encoded,
                    statement.context().clientDataHash().toByteArray(),
                    new CoreServerProperty(statement.context().rpId(), new DefaultChallenge()),
                    statement.context().at()));
            return decoded;
        });
    }
}
