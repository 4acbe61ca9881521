package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import io.github.keycloakpasskey.webauthn.encoding.Cbor;
import io.github.keycloakpasskey.webauthn.encoding.CborMap;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;

/**
 * An attestation object (§6.5.4). Nothing in it has been verified.
 *
 * @param bytes the encoded object
 * @param format the name of the attestation statement format ({@code fmt})
 * @param statement the members of the attestation statement ({@code attStmt})
 * @param authenticatorData the encoded authenticator data ({@code authData})
 */
public record AttestationObject(Bytes bytes, String format, CborMap statement, Bytes authenticatorData) {

    /**
     * Reads an attestation object.
     *
     * @throws MalformedException if the bytes are not a CBOR map with the three members
     */
    public static AttestationObject parse(Bytes bytes) throws MalformedException {
        CborMap object = Cbor.readMap(bytes);
        return new AttestationObject(
                bytes, object.requireText("fmt"), object.requireMap("attStmt"), object.requireBytes("authData"));
    }
}
