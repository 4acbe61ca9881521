package io.github.keycloakpasskey.webauthn;

import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.statement.AttestationType;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import java.time.Instant;

/** An attestation object (§6.5) with the hash of the client data that it was made over. */
final class Attestation {

    private final AttestationObject decoded;
    private final Bytes encoded;
    private final Bytes clientDataHash;
    private final AuthenticatorData authenticatorData;
    private final AttestedCredential credential;

    private Attestation(
            AttestationObject decoded,
            Bytes encoded,
            Bytes clientDataHash,
            AuthenticatorData authenticatorData,
            AttestedCredential credential) {
        this.decoded = decoded;
        this.encoded = encoded;
        this.clientDataHash = clientDataHash;
        this.authenticatorData = authenticatorData;
        this.credential = credential;
    }

    static Attestation parse(Bytes attestationObject, Bytes clientDataHash) throws CeremonyException {
        AttestationObject decoded = WebAuthn4j.decodeAttestationObject(attestationObject);
        Bytes bytes = WebAuthn4j.authenticatorData(attestationObject);
        AuthenticatorData authenticatorData = AuthenticatorData.parse(bytes);
        CeremonyException.require(
                authenticatorData.hasAttestedCredentialData(), FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        return new Attestation(
                decoded,
                attestationObject,
                clientDataHash,
                authenticatorData,
                WebAuthn4j.attestedCredential(decoded, authenticatorData));
    }

    AuthenticatorData authenticatorData() {
        return authenticatorData;
    }

    AttestedCredential credential() {
        return credential;
    }

    String format() {
        return decoded.getFormat();
    }

    /** §7.1 steps 22 to 25: the statement proves what it claims, and leads to where the policy wants. */
    AttestationType verify(RelyingPartyPolicy policy, Instant at) throws CeremonyException {
        AttestationType type = WebAuthn4j.verifyStatement(decoded, encoded, clientDataHash, policy.rpId(), at);
        switch (type) {
            case NONE ->
                CeremonyException.require(
                        policy.attestation() == AttestationConveyance.NONE
                                || policy.attestation() == AttestationConveyance.INDIRECT,
                        FailureReason.ATTESTATION_UNTRUSTED);
            case SELF ->
                CeremonyException.require(policy.trustAnchors().isEmpty(), FailureReason.ATTESTATION_UNTRUSTED);
            case BASIC, ATT_CA -> verifyTrustPath(policy, at);
            default -> throw new CeremonyException(FailureReason.ATTESTATION_FORMAT_UNSUPPORTED);
        }
        return type;
    }

    private void verifyTrustPath(RelyingPartyPolicy policy, Instant at) throws CeremonyException {
        if (!policy.trustAnchors().isEmpty()) {
            WebAuthn4j.verifyTrustPath(
                    (CertificateBaseAttestationStatement) decoded.getAttestationStatement(), policy.trustAnchors(), at);
        }
    }
}
