package io.github.keycloakpasskey.webauthn.attestation;

import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.encoding.CborMap;
import io.github.keycloakpasskey.webauthn.encoding.MalformedException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The attestation statement formats that can be verified (§8), with their names in the IANA registry "WebAuthn
 * Attestation Statement Format Identifiers".
 */
public enum AttestationFormat {
    NONE("none"),
    PACKED("packed"),
    TPM("tpm"),
    ANDROID_KEY("android-key"),
    ANDROID_SAFETYNET("android-safetynet"),
    FIDO_U2F("fido-u2f"),
    APPLE("apple");

    private final String registeredName;

    AttestationFormat(String registeredName) {
        this.registeredName = registeredName;
    }

    /** The name in the IANA registry, as in {@code fmt}: {@code android-key}. */
    public String registeredName() {
        return registeredName;
    }

    /** The format with that registered name, which is case-sensitive; empty if it cannot be verified. */
    public static Optional<AttestationFormat> named(String registeredName) {
        return Arrays.stream(values())
                .filter(format -> format.registeredName.equals(registeredName))
                .findFirst();
    }

    /**
     * Whether a statement of this format is of a kind that can be verified here. Direct anonymous attestation, TPM 1.2, and
     * signatures of an algorithm that {@link CoseAlgorithm} does not list cannot.
     */
    public boolean canVerify(CborMap statement) {
        boolean isOlderKind =
                statement.has("ecdaaKeyId") || "1.2".equals(statement.members().get("ver"));
        boolean isUnknownAlgorithm = statement.members().get("alg") instanceof Long algorithm
                && CoseAlgorithm.ofNumber(algorithm).isEmpty();
        return switch (this) {
            case PACKED, TPM, ANDROID_KEY -> !isOlderKind && !isUnknownAlgorithm;
            case NONE, ANDROID_SAFETYNET, FIDO_U2F, APPLE -> true;
        };
    }

    /**
     * Runs the verification procedure of this format. It checks the statement against the new credential and the
     * ceremony, but not whether its certificates are trusted.
     *
     * @throws AttestationException if the statement is malformed, or does not prove what it claims
     */
    public AttestationProof verify(AttestationStatement statement) throws AttestationException {
        try {
            return switch (this) {
                case NONE -> NoneStatement.verify(statement);
                case PACKED -> PackedStatement.verify(statement);
                case TPM -> TpmStatement.verify(statement);
                case ANDROID_KEY -> AndroidKeyStatement.verify(statement);
                case ANDROID_SAFETYNET -> SafetyNetStatement.verify(statement);
                case FIDO_U2F -> FidoU2fStatement.verify(statement);
                case APPLE -> AppleStatement.verify(statement);
            };
        } catch (MalformedException malformed) {
            throw new AttestationException(malformed);
        }
    }
}
