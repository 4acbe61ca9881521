package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.ceremony.CeremonyEvidence;
import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.ceremony.RefusalReason;
import io.github.keycloakpasskey.webauthn.FailureReason;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * What users and administrators see of a reason. Reasons become texts and errors here and in no other place.
 *
 * <p>A reason can have two texts: a user who signs in has other ways to do so, a user who creates a passkey has none to look
 * for. {@link #of} has the texts of a sign-in, {@link #ofRegistration} those of a registration.
 *
 * @param eventError the event's error, one of Keycloak's own, so that existing alerts apply
 * @param messageKey the message on the page that is shown again
 */
public record Refusal(RefusalReason reason, String eventError, String messageKey) {

    private Refusal(RefusalReason reason, Kind kind) {
        this(reason, kind.eventError, kind.messageKey);
    }

    public static Refusal of(FailureReason reason) {
        return new Refusal(RefusalReason.of(reason), kind(reason));
    }

    public static Refusal of(KeycloakReason reason) {
        return new Refusal(RefusalReason.of(reason), kind(reason));
    }

    public static Refusal of(RefusalReason reason) {
        return reason.map(Refusal::of, Refusal::of);
    }

    /** The refusal of a registration. */
    public static Refusal ofRegistration(KeycloakReason reason) {
        return ofRegistration(RefusalReason.of(reason));
    }

    /** The refusal of a registration. */
    public static Refusal ofRegistration(RefusalReason reason) {
        Kind kind = reason.map(Refusal::kind, Refusal::kind);
        return new Refusal(reason, kind.eventError, kind.registrationKey);
    }

    /**
     * The refusal of a sign-in with this evidence.
     *
     * <p>A user must not learn from the page whether a passkey is stored. So where it is not, the page says what it would
     * say of a stored one; the event says that the passkey is unknown, unless the page tells of another fault.
     */
    public static Refusal of(RefusalReason reason, CeremonyEvidence evidence) {
        Refusal refusal = of(reason);
        return evidence.ifStored()
                .map(Refusal::of)
                .filter(ifStored -> !ifStored.messageKey().equals(refusal.messageKey()))
                .orElse(refusal);
    }

    /** Ends the event with the error and the reason, and puts the message on the page that is shown again. */
    public void tell(EventBuilder event, LoginFormsProvider form) {
        event.detail(Details.REASON, reason.code()).error(eventError);
        form.setError(messageKey);
    }

    private static Kind kind(FailureReason reason) {
        return switch (reason) {
            case RESPONSE_TOO_LARGE, RESPONSE_UNREADABLE, CLIENT_DATA_UNREADABLE, AUTHENTICATOR_DATA_UNREADABLE ->
                Kind.UNREADABLE;
            case CHALLENGE_MISMATCH -> Kind.EXPIRED;
            case ORIGIN_NOT_ALLOWED, TOP_ORIGIN_NOT_ALLOWED, RP_ID_MISMATCH -> Kind.WRONG_SITE;
            case USER_NOT_VERIFIED -> Kind.NOT_VERIFIED;
            case CEREMONY_TYPE_MISMATCH,
                    USER_NOT_PRESENT,
                    BACKUP_FLAGS_INVALID,
                    PUBLIC_KEY_INVALID,
                    CREDENTIAL_ID_INVALID,
                    USER_HANDLE_MISMATCH,
                    SIGNATURE_INVALID -> Kind.INVALID;
            case ALGORITHM_NOT_OFFERED,
                    ATTESTATION_MISSING,
                    ATTESTATION_FORMAT_NOT_ACCEPTED,
                    ATTESTATION_FORMAT_UNSUPPORTED,
                    ATTESTATION_INVALID,
                    ATTESTATION_UNTRUSTED,
                    AUTHENTICATOR_NOT_ACCEPTED,
                    AUTHENTICATOR_COMPROMISED,
                    AUTHENTICATOR_NOT_CERTIFIED -> Kind.NOT_ACCEPTED;
            case METADATA_UNAVAILABLE -> Kind.NOT_OFFERED;
            case BACKUP_ELIGIBILITY_CHANGED -> Kind.CHANGED_PASSKEY;
            case CREDENTIAL_NOT_DISCOVERABLE -> Kind.NOT_DISCOVERABLE;
            case SYNCED_PASSKEY_NOT_ACCEPTED -> Kind.SYNCED;
            case CREDENTIAL_ALREADY_REGISTERED -> Kind.ALREADY_REGISTERED;
            case CREDENTIAL_NOT_ALLOWED, CREDENTIAL_UNKNOWN -> Kind.UNKNOWN_PASSKEY;
            case USER_MISMATCH -> Kind.OTHER_ACCOUNT;
            case SIGN_COUNT_NOT_INCREASED -> Kind.SUSPECTED_CLONE;
        };
    }

    private static Kind kind(KeycloakReason reason) {
        return switch (reason) {
            case CHALLENGE_EXPIRED -> Kind.EXPIRED;
            case LINK_USED -> Kind.USED_LINK;
            case POLICY_UNREADABLE, REQUIRED_ACTION_DISABLED, EMAIL_NOT_VERIFIABLE -> Kind.NOT_OFFERED;
            case LOGIN_NOT_GUARDED, SERVER_UNSUPPORTED -> Kind.NOT_AVAILABLE;
            case NO_RELYING_PARTY_ID -> Kind.NO_PASSKEYS_HERE;
            case TOO_MANY_PASSKEYS -> Kind.TOO_MANY;
            case EMAIL_NOT_PROVEN -> Kind.NOT_PROVEN;
            case PROOF_LOST -> Kind.LOST_PROOF;
            case USER_DISABLED -> Kind.ACCOUNT_DISABLED;
            case USER_TEMPORARILY_LOCKED -> Kind.ACCOUNT_LOCKED;
            case MODEL_DENIED -> Kind.DENIED_MODEL;
            case CLIENT_CANCELLED -> Kind.CANCELLED;
            case CLIENT_ALREADY_REGISTERED -> Kind.DEVICE_ALREADY_HAS_ONE;
            case CLIENT_SECURITY_ERROR -> Kind.WRONG_ADDRESS;
            case CLIENT_UNSUPPORTED, CLIENT_FAILED -> Kind.BROWSER;
        };
    }

    /** Reasons after which the user can do the same things. */
    private enum Kind {
        UNREADABLE(Errors.INVALID_REQUEST, "passkey-error-unreadable"),
        EXPIRED(Errors.EXPIRED_CODE, "passkey-error-expired"),
        USED_LINK(Errors.EXPIRED_CODE, "passkey-error-link-used"),
        WRONG_SITE(Errors.ILLEGAL_ORIGIN, "passkey-error-wrong-site", "passkey-error-new-wrong-site"),
        WRONG_ADDRESS(Errors.ILLEGAL_ORIGIN, "passkey-error-wrong-address"),
        NOT_VERIFIED(Errors.INVALID_USER_CREDENTIALS, "passkey-error-not-verified"),
        INVALID(Errors.INVALID_USER_CREDENTIALS, "passkey-error-invalid", "passkey-error-new-invalid"),
        NOT_ACCEPTED(Errors.INVALID_REGISTRATION, "passkey-error-not-accepted"),
        NOT_OFFERED(Errors.INVALID_REGISTRATION, "passkey-error-not-offered"),
        NO_PASSKEYS_HERE(Errors.NOT_ALLOWED, "passkey-error-no-passkeys-here"),
        NOT_AVAILABLE(Errors.NOT_ALLOWED, "passkey-error-not-available", "passkey-error-not-offered"),
        CHANGED_PASSKEY(Errors.INVALID_USER_CREDENTIALS, "passkey-error-changed"),
        NOT_DISCOVERABLE(Errors.INVALID_REGISTRATION, "passkey-error-not-discoverable"),
        SYNCED(Errors.INVALID_REGISTRATION, "passkey-error-synced"),
        TOO_MANY(Errors.INVALID_REGISTRATION, "passkey-error-too-many"),
        LOST_PROOF(Errors.EXPIRED_CODE, "passkey-error-proof-lost"),
        NOT_PROVEN(Errors.NOT_ALLOWED, "passkey-error-email-not-proven"),
        ALREADY_REGISTERED(Errors.INVALID_REGISTRATION, "passkey-error-already-registered"),
        /** Its text is that of {@link #INVALID}: anyone can send any credential ID to learn whether it is stored. */
        UNKNOWN_PASSKEY(Errors.CREDENTIAL_NOT_FOUND, "passkey-error-invalid", "passkey-error-new-invalid"),
        OTHER_ACCOUNT(Errors.DIFFERENT_USER_AUTHENTICATING, "passkey-error-other-account", "passkey-error-new-invalid"),
        SUSPECTED_CLONE(Errors.INVALID_USER_CREDENTIALS, "passkey-error-suspected-clone", "passkey-error-new-invalid"),
        ACCOUNT_DISABLED(Errors.USER_DISABLED, "passkey-error-account-disabled"),
        ACCOUNT_LOCKED(Errors.USER_TEMPORARILY_DISABLED, "passkey-error-account-locked"),
        DENIED_MODEL(Errors.INVALID_USER_CREDENTIALS, "passkey-error-model-denied"),
        CANCELLED(Errors.REJECTED_BY_USER, "passkey-error-cancelled"),
        DEVICE_ALREADY_HAS_ONE(Errors.NOT_ALLOWED, "passkey-error-device-already-has-one"),
        BROWSER(Errors.NOT_ALLOWED, "passkey-error-browser", "passkey-error-new-browser");

        private final String eventError;
        private final String messageKey;
        private final String registrationKey;

        Kind(String eventError, String messageKey) {
            this(eventError, messageKey, messageKey);
        }

        Kind(String eventError, String messageKey, String registrationKey) {
            this.eventError = eventError;
            this.messageKey = messageKey;
            this.registrationKey = registrationKey;
        }
    }
}
