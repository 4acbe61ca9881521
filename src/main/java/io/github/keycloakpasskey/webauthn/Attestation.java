package io.github.keycloakpasskey.webauthn;

import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.statement.AttestationType;
import com.webauthn4j.data.attestation.statement.CertificateBaseAttestationStatement;
import java.time.Instant;
import java.util.Optional;

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

    /**
     * §7.1 steps 22 to 25: the statement proves what it claims, and leads to where the policy wants.
     *
     * @return whether somebody whom the policy trusts vouches for the authenticator's model
     */
    boolean verify(AttestationPolicy policy, String rpId, Instant at) throws CeremonyException {
        CeremonyException.require(policy.accepts(format()), FailureReason.ATTESTATION_FORMAT_NOT_ACCEPTED);
        AttestationType type = WebAuthn4j.verifyStatement(decoded, encoded, clientDataHash, rpId, at);
        return switch (type) {
            case NONE -> {
                CeremonyException.require(!policy.demandsStatement(), FailureReason.ATTESTATION_MISSING);
                yield isVouchedFor(policy, Optional.empty(), at);
            }
            case SELF -> {
                CeremonyException.require(
                        !policy.demandsStatement() || !policy.demandsTrust(), FailureReason.ATTESTATION_UNTRUSTED);
                yield isVouchedFor(policy, Optional.empty(), at);
            }
            case BASIC, ATT_CA -> {
                var statement = (CertificateBaseAttestationStatement) decoded.getAttestationStatement();
                boolean trusted = isVouchedFor(policy, Optional.of(statement), at);
                CeremonyException.require(trusted || !policy.demandsTrust(), FailureReason.ATTESTATION_UNTRUSTED);
                yield trusted;
            }
            default -> throw new CeremonyException(FailureReason.ATTESTATION_FORMAT_UNSUPPORTED);
        };
    }

    /** Refused where somebody whom the policy trusts objects to the model, even if that is only claimed. */
    private boolean isVouchedFor(
            AttestationPolicy policy, Optional<CertificateBaseAttestationStatement> certified, Instant at)
            throws CeremonyException {
        if (policy.trust().isEmpty()) {
            return false;
        }
        AttestationTrust trust = policy.trust().get();
        AuthenticatorModel model =
                new AuthenticatorModel(credential.aaguid(), certified.flatMap(WebAuthn4j::certificateKeyIdentifier));
        Optional<FailureReason> objection = trust.objection(model);
        if (objection.isPresent()) {
            throw new CeremonyException(objection.get());
        }
        return certified
                .filter(statement -> WebAuthn4j.leadsTo(statement, trust.anchors(model), at))
                .isPresent();
    }
}
