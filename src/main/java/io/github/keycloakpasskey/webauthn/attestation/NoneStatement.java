package io.github.keycloakpasskey.webauthn.attestation;

/** The none format, §8.7: the authenticator attests nothing. */
final class NoneStatement {

    private NoneStatement() {}

    static AttestationProof verify(AttestationStatement statement) throws AttestationException {
        AttestationException.require(statement.members().keys().isEmpty());
        return AttestationProof.NONE;
    }
}
