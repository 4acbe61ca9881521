package io.github.keycloakpasskey.webauthn;

import java.util.Locale;

/**
 * Why a ceremony was refused. One reason for each thing that a person or an administrator can act
 * on differently; {@link #code()} is what events and {@code bin/inspect} show.
 */
public enum FailureReason {
    /** What was posted is larger than any ceremony needs; it was not read. */
    RESPONSE_TOO_LARGE,
    /** What was posted is not the JSON of WebAuthn §5.1.8 or §5.1.7, or lacks a required member. */
    RESPONSE_UNREADABLE,
    /** {@code clientDataJSON} is not the JSON of §5.8.1. */
    CLIENT_DATA_UNREADABLE,
    /** The attestation object or the authenticator data do not have the layout of §6.1 and §6.5. */
    AUTHENTICATOR_DATA_UNREADABLE,

    /** No ceremony is open: the page was used before, is too old, or belongs to another sign-in. */
    CHALLENGE_EXPIRED,
    /** The answer belongs to another ceremony's challenge. */
    CHALLENGE_MISMATCH,
    /** A registration was answered with a sign-in, or the other way round. */
    CEREMONY_TYPE_MISMATCH,
    /** The page that called the authenticator has an origin that is not allowed. */
    ORIGIN_NOT_ALLOWED,
    /** The page was embedded in a site that is not allowed to do so. */
    TOP_ORIGIN_NOT_ALLOWED,
    /** The authenticator answered for another relying party. */
    RP_ID_MISMATCH,

    /** Nobody touched the authenticator. */
    USER_NOT_PRESENT,
    /** The policy asks for user verification (PIN, fingerprint, face) and there was none. */
    USER_NOT_VERIFIED,
    /** The backup flags contradict each other. */
    BACKUP_FLAGS_INVALID,
    /** A passkey cannot become syncable, or stop being so, after its registration. */
    BACKUP_ELIGIBILITY_CHANGED,

    /** The key has an algorithm that was not offered. */
    ALGORITHM_NOT_OFFERED,
    /** The key cannot be decoded, or is no key of its kind. */
    PUBLIC_KEY_INVALID,
    /** A credential id has 1 to 1023 bytes. */
    CREDENTIAL_ID_INVALID,
    /** The credential id is registered already, for this user or another. */
    CREDENTIAL_ALREADY_REGISTERED,
    /** The policy demands an attestation, and there is none. */
    ATTESTATION_MISSING,
    /** The attestation has a format that the policy does not name. */
    ATTESTATION_FORMAT_NOT_ACCEPTED,
    /** The attestation has a format that nobody here can verify. */
    ATTESTATION_FORMAT_UNSUPPORTED,
    /** The attestation statement does not prove what it claims. */
    ATTESTATION_INVALID,
    /** The attestation is right but leads to no trust anchor. */
    ATTESTATION_UNTRUSTED,
    /** The policy names other models of authenticators, or this one's model is not attested. */
    AUTHENTICATOR_NOT_ACCEPTED,
    /** This model is known to be revoked or compromised. */
    AUTHENTICATOR_COMPROMISED,
    /** This model has not the certification that the policy demands. */
    AUTHENTICATOR_NOT_CERTIFIED,
    /** The policy accepts only passkeys that stay on one device. */
    SYNCED_PASSKEY_NOT_ACCEPTED,
    /** The user has as many passkeys as the policy allows. */
    TOO_MANY_PASSKEYS,

    /** The passkey is none of those that were asked for. */
    CREDENTIAL_NOT_ALLOWED,
    /** No such passkey is stored here. */
    CREDENTIAL_UNKNOWN,
    /** The passkey belongs to someone else than the person who is signing in. */
    USER_MISMATCH,
    /** The user handle that the authenticator returned is not that of the passkey's owner. */
    USER_HANDLE_MISMATCH,
    /** The signature does not verify with the stored public key. */
    SIGNATURE_INVALID,
    /** The signature counter did not grow: a copy of the key may exist. */
    SIGN_COUNT_NOT_INCREASED,

    /** The account of this passkey is disabled. */
    USER_DISABLED,
    /** The account of this passkey is locked for a while after failed sign-ins. */
    USER_TEMPORARILY_LOCKED,

    /** The browser says that the person cancelled, or that time ran out. */
    CLIENT_CANCELLED,
    /** The browser says that the authenticator holds a passkey of this account already. */
    CLIENT_ALREADY_REGISTERED,
    /** The browser says that this address may not use the relying party's id. */
    CLIENT_SECURITY_ERROR,
    /** The browser or the authenticator cannot do what was asked. */
    CLIENT_UNSUPPORTED,
    /** The browser reported any other failure. */
    CLIENT_FAILED;

    /** The name in lower case with hyphens, for people to read: {@code challenge-mismatch}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
