package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.List;

/** The form of ECDSA signatures (§6.5.5): DER of a sequence of two numbers. */
final class EcdsaSignature {

    private EcdsaSignature() {}

    /** Whether it has the one form that DER gives it. */
    static boolean isDer(Bytes signature) {
        try {
            List<Der> numbers = Der.read(signature, FailureReason.SIGNATURE_INVALID)
                    .require(Der.SEQUENCE)
                    .children();
            return numbers.size() == 2
                    && numbers.get(0).require(Der.INTEGER).integer().signum() > 0
                    && numbers.get(1).require(Der.INTEGER).integer().signum() > 0;
        } catch (CeremonyException notDer) {
            return false;
        }
    }
}
