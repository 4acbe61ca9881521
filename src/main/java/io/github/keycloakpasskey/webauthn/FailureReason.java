package io.github.keycloakpasskey.webauthn;

import java.util.Locale;

/**
 * Why a ceremony was refused by a rule of WebAuthn or of the relying party's policy. One reason for each thing that a user
 * or an administrator can act on differently; {@link #code()} is what events and {@code bin/inspect} show.
 */
public enum FailureReason {
    RESPONSE_TOO_LARGE("What was posted is larger than any ceremony needs; it was not read."),
    RESPONSE_UNREADABLE("What was posted is not the JSON of WebAuthn §5.1.8 or §5.1.7, or lacks a required member."),
    CLIENT_DATA_UNREADABLE("clientDataJSON is not the JSON of §5.8.1."),
    AUTHENTICATOR_DATA_UNREADABLE(
            "The attestation object or the authenticator data do not have the layout of §6.1 and §6.5."),

    CHALLENGE_MISMATCH("The answer belongs to another ceremony's challenge."),
    CEREMONY_TYPE_MISMATCH("A registration was answered with a sign-in, or the other way round."),
    ORIGIN_NOT_ALLOWED("The page that called the authenticator has an origin that is not allowed."),
    TOP_ORIGIN_NOT_ALLOWED("The page was embedded in a site that is not allowed to do so."),
    RP_ID_MISMATCH("The authenticator answered for another relying party."),

    USER_NOT_PRESENT("Nobody touched the authenticator."),
    USER_NOT_VERIFIED("The policy asks for user verification (PIN, fingerprint, face) and there was none."),
    BACKUP_FLAGS_INVALID("The backup flags contradict each other."),
    BACKUP_ELIGIBILITY_CHANGED(
            "Since its registration the passkey has become syncable, or stopped being so. The realm can accept that."),

    ALGORITHM_NOT_OFFERED("The key has an algorithm that was not offered."),
    PUBLIC_KEY_INVALID("The key cannot be decoded, or is no key of its kind."),
    CREDENTIAL_ID_INVALID("A credential id has 1 to 1023 bytes."),
    CREDENTIAL_ALREADY_REGISTERED("The credential id is registered already, for this user or another."),
    ATTESTATION_MISSING("The policy demands an attestation, and there is none."),
    ATTESTATION_FORMAT_NOT_ACCEPTED("The attestation has a format that the policy does not name."),
    ATTESTATION_FORMAT_UNSUPPORTED("The attestation has a format that nobody here can verify."),
    ATTESTATION_INVALID("The attestation statement does not prove what it claims."),
    ATTESTATION_UNTRUSTED("The attestation is right but leads to no trust anchor."),
    AUTHENTICATOR_NOT_ACCEPTED("The policy names other models of authenticators, or this one's model is not attested."),
    AUTHENTICATOR_COMPROMISED("This model is known to be revoked or compromised."),
    AUTHENTICATOR_NOT_CERTIFIED(
            "This model has not the certification that the policy demands, or nothing proves that it is this model."),
    METADATA_UNAVAILABLE(
            "The policy asks the FIDO Metadata Service, which the server was not told of, or has loaded nothing from."),
    CREDENTIAL_NOT_DISCOVERABLE(
            "The policy requires a discoverable passkey, and the browser says that the new one is not discoverable."),
    SYNCED_PASSKEY_NOT_ACCEPTED("The policy accepts only passkeys that stay on one device."),

    CREDENTIAL_NOT_ALLOWED("The passkey is none of those that were asked for."),
    CREDENTIAL_UNKNOWN("No such passkey is stored here."),
    USER_MISMATCH("The passkey belongs to someone else than the person who is signing in."),
    USER_HANDLE_MISMATCH("The user handle that the authenticator returned is not that of the passkey's owner."),
    SIGNATURE_INVALID("The signature does not verify with the stored public key."),
    SIGN_COUNT_NOT_INCREASED("The signature counter did not grow: a copy of the key may exist.");

    private final String explanation;

    FailureReason(String explanation) {
        this.explanation = explanation;
    }

    /** What it means, in a sentence for administrators and developers. */
    public String explanation() {
        return explanation;
    }

    /**
     * Whether a sign-in can fail for this reason because of what is stored of the passkey, although nothing shows yet that
     * the response is its owner's (section 7.2, steps 5 to 18).
     */
    public boolean isAboutStoredCredential() {
        return switch (this) {
            case CREDENTIAL_NOT_ALLOWED, CREDENTIAL_UNKNOWN, USER_HANDLE_MISMATCH -> true;
            default -> false;
        };
    }

    /** The name in lower case with hyphens, for people to read: {@code challenge-mismatch}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
