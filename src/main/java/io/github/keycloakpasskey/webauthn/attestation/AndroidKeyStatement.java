package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Der;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The Android key format, §8.4. webauthn4j is not used: it trusts the lengths in a certificate without limit. */
final class AndroidKeyStatement {

    /** §8.4.1 */
    private static final String KEY_DESCRIPTION_EXTENSION = "1.3.6.1.4.1.11129.2.1.17";

    private static final int CHALLENGE = 4;
    private static final int SOFTWARE_ENFORCED = 6;
    private static final int TEE_ENFORCED = 7;
    private static final int KEY_DESCRIPTION_PARTS = 8;

    private static final int PURPOSE = Der.context(1);
    private static final int ALL_APPLICATIONS = Der.context(600);
    private static final int ORIGIN = Der.context(702);

    private static final BigInteger PURPOSE_SIGN = BigInteger.valueOf(2);
    private static final BigInteger ORIGIN_GENERATED = BigInteger.ZERO;

    private AndroidKeyStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException, MalformedException {
        List<AttestationCertificate> path = statement.x5c();
        AttestationException.require(
                statement.algorithm() == statement.publicKey().algorithm());
        AttestationException.require(statement.publicKey().verifies(statement.bytes("sig"), statement.toBeSigned()));
        path.get(0).verifyKey(statement.publicKey());
        verifyKeyDescription(path.get(0), statement.context().clientDataHash());
        // The certificate covers the key and the hash of the client data, but no AAGUID: any app can claim any model.
        return AttestationProof.certifiedBy(path, ModelProof.ANCHOR);
    }

    /**
     * The rules hold for both authorization lists together. Keys that the device's system software protects are accepted,
     * which §8.4 leaves to the relying party: the roots that the policy trusts decide whether that is enough.
     */
    private static void verifyKeyDescription(AttestationCertificate certificate, Bytes clientDataHash)
            throws AttestationException, MalformedException {
        List<Der> description = certificate
                .requireExtension(KEY_DESCRIPTION_EXTENSION)
                .require(Der.SEQUENCE)
                .children();
        AttestationException.require(description.size() >= KEY_DESCRIPTION_PARTS);
        AttestationException.require(
                description.get(CHALLENGE).require(Der.OCTET_STRING).content().equals(clientDataHash));
        List<Der> lists = List.of(
                description.get(SOFTWARE_ENFORCED).require(Der.SEQUENCE),
                description.get(TEE_ENFORCED).require(Der.SEQUENCE));
        boolean generated = false;
        boolean signs = false;
        for (Der list : lists) {
            AttestationException.require(list.child(ALL_APPLICATIONS).isEmpty());
            generated |= isGenerated(list);
            signs |= isForSigning(list);
        }
        AttestationException.require(generated && signs);
    }

    /** Any other origin is refused, even if the other list has the right one. */
    private static boolean isGenerated(Der list) throws AttestationException, MalformedException {
        Optional<Der> origin = list.child(ORIGIN);
        if (origin.isEmpty()) {
            return false;
        }
        AttestationException.require(origin.get().onlyChild().integer().equals(ORIGIN_GENERATED));
        return true;
    }

    private static boolean isForSigning(Der list) throws AttestationException, MalformedException {
        Optional<Der> purposes = list.child(PURPOSE);
        if (purposes.isEmpty()) {
            return false;
        }
        for (Der purpose : purposes.get().onlyChild().require(Der.SET).children()) {
            if (purpose.integer().equals(PURPOSE_SIGN)) {
                return true;
            }
        }
        return false;
    }
}
