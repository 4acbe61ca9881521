package io.github.keycloakpasskey.webauthn.cose;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.List;

/** The form of ECDSA signatures (§6.5.5): a DER sequence of two positive integers. */
public final class EcdsaSignature {

    private EcdsaSignature() {}

    /** Whether the signature has the one form that DER allows. The Java platform also accepts BER. */
    public static boolean isDer(Bytes signature) {
        try {
            List<Der> numbers = Der.read(signature).require(Der.SEQUENCE).children();
            return numbers.size() == 2
                    && numbers.get(0).require(Der.INTEGER).integer().signum() > 0
                    && numbers.get(1).require(Der.INTEGER).integer().signum() > 0;
        } catch (MalformedException notDer) {
            return false;
        }
    }
}
