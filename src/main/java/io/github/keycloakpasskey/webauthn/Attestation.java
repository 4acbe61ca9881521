package io.github.keycloakpasskey.webauthn;

import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** An attestation object (§6.5) with the hash of the client data that it was made over. */
final class Attestation {

    private static final AttestationTrust NOBODY = AttestationTrust.of(Set.of());

    private final Bytes encoded;
    private final String format;
    private final CborMap statement;
    private final AuthenticatorData authenticatorData;
    private final AttestedCredential credential;
    private final Bytes clientDataHash;

    private Attestation(
            Bytes encoded,
            String format,
            CborMap statement,
            AuthenticatorData authenticatorData,
            AttestedCredential credential,
            Bytes clientDataHash) {
        this.encoded = encoded;
        this.format = format;
        this.statement = statement;
        this.authenticatorData = authenticatorData;
        this.credential = credential;
        this.clientDataHash = clientDataHash;
    }

    static Attestation parse(Bytes attestationObject, Bytes clientDataHash) throws CeremonyException {
        CborMap object = Cbor.readMap(attestationObject, FailureReason.AUTHENTICATOR_DATA_UNREADABLE);
        AuthenticatorData authenticatorData =
                AuthenticatorData.parse(object.requireBytes("authData", FailureReason.AUTHENTICATOR_DATA_UNREADABLE));
        return new Attestation(
                attestationObject,
                object.requireText("fmt", FailureReason.AUTHENTICATOR_DATA_UNREADABLE),
                object.requireMap("attStmt", FailureReason.AUTHENTICATOR_DATA_UNREADABLE),
                authenticatorData,
                authenticatorData
                        .credential()
                        .orElseThrow(() -> new CeremonyException(FailureReason.AUTHENTICATOR_DATA_UNREADABLE)),
                clientDataHash);
    }

    AuthenticatorData authenticatorData() {
        return authenticatorData;
    }

    AttestedCredential credential() {
        return credential;
    }

    String format() {
        return format;
    }

    /**
     * §7.1 steps 21 to 24: the statement proves what it claims, and leads to where the policy wants.
     *
     * @return whether somebody whom the policy trusts vouches for the authenticator, and its model is proven
     */
    boolean verify(CredentialPublicKey publicKey, AttestationPolicy policy, String rpId, Instant at)
            throws CeremonyException {
        CeremonyException.require(policy.accepts(format), FailureReason.ATTESTATION_FORMAT_NOT_ACCEPTED);
        AttestationProof proof = verifyStatement(publicKey, rpId, at);
        AttestationTrust trust = policy.trust().orElse(NOBODY);
        boolean trusted = isVouchedFor(proof, trust, at);
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

    /** Steps 21 and 22: by the procedure of its format, §8. */
    private AttestationProof verifyStatement(CredentialPublicKey publicKey, String rpId, Instant at)
            throws CeremonyException {
        AttestationStatement claimed = new AttestationStatement(
                encoded, statement, authenticatorData, credential, publicKey, clientDataHash, rpId, at);
        return switch (format) {
            case "none" -> {
                // §8.7: the statement is an empty map.
                AttestationStatement.require(statement.keys().isEmpty());
                yield AttestationProof.NONE;
            }
            case "packed" -> PackedStatement.verify(claimed);
            case "tpm" -> TpmStatement.verify(claimed);
            case "android-key" -> AndroidKeyStatement.verify(claimed);
            case "android-safetynet" -> SafetyNetStatement.verify(claimed);
            case "fido-u2f" -> FidoU2fStatement.verify(claimed);
            case "apple" -> AppleStatement.verify(claimed);
            default -> throw new CeremonyException(FailureReason.ATTESTATION_FORMAT_UNSUPPORTED);
        };
    }

    /** Refused where somebody whom the policy trusts objects to the model, even if that is only claimed. */
    private boolean isVouchedFor(AttestationProof proof, AttestationTrust trust, Instant at) throws CeremonyException {
        AuthenticatorModel model = model(proof);
        Optional<FailureReason> objection = trust.objection(model);
        if (objection.isPresent()) {
            throw new CeremonyException(objection.get());
        }
        return new TrustPath(proof.path()).leadsTo(trust.anchors(model), at);
    }

    /** Of an authenticator whose certificates are trusted. One that claims no model has nothing more to prove. */
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
        return !credential.aaguid().equals(AttestedCredential.NO_AAGUID);
    }

    /** Where a certificate vouches, but nothing could prove the claimed model, the certificate alone tells it. */
    private AuthenticatorModel model(AttestationProof proof) throws CeremonyException {
        if (proof.kind() != AttestationProof.Kind.CERTIFIED) {
            return new AuthenticatorModel(credential.aaguid(), Optional.empty());
        }
        return new AuthenticatorModel(
                proof.model() == ModelProof.NOTHING ? AttestedCredential.NO_AAGUID : credential.aaguid(),
                Optional.of(proof.certificateKeyIdentifier()));
    }
}
