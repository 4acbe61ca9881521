package io.github.keycloakpasskey.webauthn.attestation;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.CoreServerProperty;
import com.webauthn4j.verifier.CoreRegistrationObject;
import com.webauthn4j.verifier.attestation.statement.AttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.androidsafetynet.AndroidSafetyNetAttestationStatementVerifier;
import com.webauthn4j.verifier.attestation.statement.u2f.FIDOU2FAttestationStatementVerifier;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The only class that calls webauthn4j: for the statement formats that the library verifies almost completely.
 *
 * <p>On hostile input the library throws many kinds of unchecked exceptions, including some that are not its own. This
 * class turns each into an {@link AttestationException}, so that every input ends in a verdict.
 */
final class WebAuthn4j {

    // Expensive to create, and thread-safe.
    private static final AttestationObjectConverter ATTESTATION_OBJECTS =
            new AttestationObjectConverter(new ObjectConverter());
    private static final AttestationStatementVerifier SAFETY_NET = safetyNet();
    private static final AttestationStatementVerifier FIDO_U2F = new FIDOU2FAttestationStatementVerifier();

    /** The largest accepted difference between Google's clock and this server's. */
    private static final int CLOCK_DIFFERENCE_SECONDS = 60;

    private WebAuthn4j() {}

    private static AttestationStatementVerifier safetyNet() {
        AndroidSafetyNetAttestationStatementVerifier verifier = new AndroidSafetyNetAttestationStatementVerifier();
        verifier.setForwardThreshold(CLOCK_DIFFERENCE_SECONDS);
        return verifier;
    }

    /** Calls the library. Every exception means that the statement is not valid. */
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

    static void verifyFidoU2f(AttestationStatement statement) throws AttestationException {
        verify(FIDO_U2F, statement);
    }

    /** Returns the certificates of the response, with the signer first. */
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
            // The verifiers read the hash of the client data, but not the challenge in it.
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
