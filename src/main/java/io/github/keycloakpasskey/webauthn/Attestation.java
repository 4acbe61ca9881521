package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.attestation.Aaguid;
import io.github.keycloakpasskey.webauthn.attestation.AttestationContext;
import io.github.keycloakpasskey.webauthn.attestation.AttestationException;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import io.github.keycloakpasskey.webauthn.attestation.AttestationObject;
import io.github.keycloakpasskey.webauthn.attestation.AttestationProof;
import io.github.keycloakpasskey.webauthn.attestation.AttestationStatement;
import io.github.keycloakpasskey.webauthn.attestation.AttestedCredential;
import io.github.keycloakpasskey.webauthn.attestation.ModelProof;
import io.github.keycloakpasskey.webauthn.attestation.TrustPath;
import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The attestation of a new credential (§6.5), and what the policy decides about it. */
final class Attestation {

    private static final AttestationTrust NOBODY = AttestationTrust.of(Set.of());

    private final AttestationObject object;
    private final AuthenticatorData authenticatorData;
    private final AttestedCredential credential;
    private final Bytes clientDataHash;

    private Attestation(
            AttestationObject object,
            AuthenticatorData authenticatorData,
            AttestedCredential credential,
            Bytes clientDataHash) {
        this.object = object;
        this.authenticatorData = authenticatorData;
        this.credential = credential;
        this.clientDataHash = clientDataHash;
    }

    static Attestation parse(Bytes attestationObject, Bytes clientDataHash) throws CeremonyException {
        AttestationObject object = CeremonyException.reading(
                FailureReason.AUTHENTICATOR_DATA_UNREADABLE, () -> AttestationObject.parse(attestationObject));
        AuthenticatorData authenticatorData = AuthenticatorData.parse(object.authenticatorData());
        AttestedCredential credential = authenticatorData
                .credential()
                .orElseThrow(() -> new CeremonyException(FailureReason.AUTHENTICATOR_DATA_UNREADABLE));
        return new Attestation(object, authenticatorData, credential, clientDataHash);
    }

    AuthenticatorData authenticatorData() {
        return authenticatorData;
    }

    AttestedCredential credential() {
        return credential;
    }

    /** The statement's format; empty if it cannot be verified. */
    private Optional<AttestationFormat> format() {
        return AttestationFormat.named(object.format());
    }

    /**
     * §7.1 steps 21 to 24: the statement proves what it claims, and its certificates are trusted as the policy demands.
     */
    VerifiedAttestation verify(CredentialPublicKey publicKey, AttestationPolicy policy, String rpId, Instant at)
            throws CeremonyException {
        if (policy.ignoresUnverifiable() && !isVerifiable()) {
            return new VerifiedAttestation(AttestationFormat.NONE, judge(AttestationProof.NONE, policy, at));
        }
        CeremonyException.require(policy.accepts(format()), FailureReason.ATTESTATION_FORMAT_NOT_ACCEPTED);
        AttestationFormat format =
                format().orElseThrow(() -> new CeremonyException(FailureReason.ATTESTATION_FORMAT_UNSUPPORTED));
        AttestationProof proof = verifyStatement(format, publicKey, new AttestationContext(clientDataHash, rpId, at));
        return new VerifiedAttestation(format, judge(proof, policy, at));
    }

    /** Whether the statement is of a format and a kind that can be verified here. It may still prove to be wrong. */
    private boolean isVerifiable() {
        return format().filter(format -> format.canVerify(object.statement())).isPresent();
    }

    /** Steps 23 and 24: whether a trusted source proves the model; refused if the policy demands more than was proven. */
    private boolean judge(AttestationProof proof, AttestationPolicy policy, Instant at) throws CeremonyException {
        AttestationTrust trust = policy.trust().orElse(NOBODY);
        boolean trusted = isTrusted(proof, trust, at);
        switch (proof.kind()) {
            case NONE -> CeremonyException.require(!policy.demandsStatement(), FailureReason.ATTESTATION_MISSING);
            case SELF ->
                CeremonyException.require(
                        !policy.demandsStatement() || !policy.demandsTrust(), FailureReason.ATTESTATION_UNTRUSTED);
            case CERTIFIED -> CeremonyException.require(trusted || !policy.demandsTrust(), trust.distrust());
        }
        boolean proven = trusted && provesModel(proof, trust, at);
        CeremonyException.require(proven || !policy.demandsModel(), FailureReason.AUTHENTICATOR_NOT_CERTIFIED);
        return proven;
    }

    /** Steps 21 and 22: the verification procedure of the statement's format, §8. */
    private AttestationProof verifyStatement(
            AttestationFormat format, CredentialPublicKey publicKey, AttestationContext context)
            throws CeremonyException {
        AttestationStatement claimed = new AttestationStatement(object, credential, publicKey, context);
        try {
            return format.verify(claimed);
        } catch (AttestationException unproven) {
            throw new CeremonyException(FailureReason.ATTESTATION_INVALID, unproven);
        }
    }

    /** Refuses a model that a trusted source objects to, even if the model is only claimed. */
    private boolean isTrusted(AttestationProof proof, AttestationTrust trust, Instant at) throws CeremonyException {
        AuthenticatorModel model = model(proof);
        Optional<FailureReason> objection = trust.objection(model);
        if (objection.isPresent()) {
            throw new CeremonyException(objection.get());
        }
        return new TrustPath(proof.path()).leadsTo(trust.anchors(model), at);
    }

    /** Whether a trusted statement proves the AAGUID. An authenticator that names no model has nothing to prove. */
    private boolean provesModel(AttestationProof proof, AttestationTrust trust, Instant at) {
        TrustPath path = new TrustPath(proof.path());
        return !claimsModel()
                || switch (proof.model()) {
                    case NOTHING -> false;
                    case ANCHOR -> path.leadsTo(trust.anchorsOf(credential.aaguid(), false), at);
                    case OWN_ANCHOR -> path.leadsTo(trust.anchorsOf(credential.aaguid(), true), at);
                    case CERTIFICATE -> true;
                };
    }

    private boolean claimsModel() {
        return !credential.aaguid().equals(Aaguid.NONE);
    }

    /**
     * The model that the statement names. If a certificate cannot prove the AAGUID, only its key identifies the model.
     */
    private AuthenticatorModel model(AttestationProof proof) throws CeremonyException {
        if (proof.kind() != AttestationProof.Kind.CERTIFIED) {
            return new AuthenticatorModel(credential.aaguid(), Optional.empty());
        }
        return new AuthenticatorModel(
                proof.model() == ModelProof.NOTHING ? Aaguid.NONE : credential.aaguid(),
                Optional.of(
                        CeremonyException.reading(FailureReason.ATTESTATION_INVALID, proof::certificateKeyIdentifier)));
    }
}
