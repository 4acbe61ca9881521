package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.ceremony.PasskeyEvents;
import io.github.keycloakpasskey.webauthn.FailureReason;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;

/**
 * What becomes of a {@link FailureReason}: the only place where reasons turn into what
 * administrators and people see.
 *
 * @param eventError the event's error, one of Keycloak's own, so that existing alerts apply
 * @param messageKey what the person reads on the page that is shown again
 */
public record Refusal(FailureReason reason, String eventError, String messageKey) {

    private Refusal(FailureReason reason, Kind kind) {
        this(reason, kind.eventError, kind.messageKey);
    }

    public static Refusal of(FailureReason reason) {
        return new Refusal(reason, kind(reason));
    }

    /** Ends the event with the error and the reason, and puts the message on the page that is shown again. */
    public void tell(EventBuilder event, LoginFormsProvider form) {
        if (reason == FailureReason.SIGN_COUNT_NOT_INCREASED) {
            PasskeyEvents.suspectClone(event);
        }
        event.detail(Details.REASON, reason.code()).error(eventError);
        form.setError(messageKey);
    }

    private static Kind kind(FailureReason reason) {
        return switch (reason) {
            case RESPONSE_TOO_LARGE, RESPONSE_UNREADABLE, CLIENT_DATA_UNREADABLE, AUTHENTICATOR_DATA_UNREADABLE ->
                Kind.UNREADABLE;
            case CHALLENGE_EXPIRED, CHALLENGE_MISMATCH -> Kind.EXPIRED;
            case ORIGIN_NOT_ALLOWED, TOP_ORIGIN_NOT_ALLOWED, RP_ID_MISMATCH -> Kind.WRONG_SITE;
            case CLIENT_SECURITY_ERROR -> Kind.WRONG_ADDRESS;
            case USER_NOT_VERIFIED -> Kind.NOT_VERIFIED;
            case CEREMONY_TYPE_MISMATCH,
                    USER_NOT_PRESENT,
                    BACKUP_FLAGS_INVALID,
                    BACKUP_ELIGIBILITY_CHANGED,
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
            case METADATA_UNAVAILABLE, POLICY_UNREADABLE, REQUIRED_ACTION_DISABLED -> Kind.NOT_OFFERED;
            case SYNCED_PASSKEY_NOT_ACCEPTED -> Kind.SYNCED;
            case TOO_MANY_PASSKEYS -> Kind.TOO_MANY;
            case EMAIL_NOT_PROVEN -> Kind.NOT_PROVEN;
            case CREDENTIAL_ALREADY_REGISTERED -> Kind.ALREADY_REGISTERED;
            case CREDENTIAL_NOT_ALLOWED, CREDENTIAL_UNKNOWN -> Kind.UNKNOWN_PASSKEY;
            case USER_MISMATCH -> Kind.OTHER_ACCOUNT;
            case SIGN_COUNT_NOT_INCREASED -> Kind.SUSPECTED_CLONE;
            case USER_DISABLED -> Kind.ACCOUNT_DISABLED;
            case USER_TEMPORARILY_LOCKED -> Kind.ACCOUNT_LOCKED;
            case CLIENT_CANCELLED -> Kind.CANCELLED;
            case CLIENT_ALREADY_REGISTERED -> Kind.DEVICE_ALREADY_HAS_ONE;
            case CLIENT_UNSUPPORTED, CLIENT_FAILED -> Kind.BROWSER;
        };
    }

    /** Reasons that a person can do the same about. */
    private enum Kind {
        UNREADABLE(Errors.INVALID_REQUEST, "passkey-error-unreadable"),
        EXPIRED(Errors.EXPIRED_CODE, "passkey-error-expired"),
        WRONG_SITE(Errors.ILLEGAL_ORIGIN, "passkey-error-wrong-site"),
        WRONG_ADDRESS(Errors.ILLEGAL_ORIGIN, "passkey-error-wrong-address"),
        NOT_VERIFIED(Errors.INVALID_USER_CREDENTIALS, "passkey-error-not-verified"),
        INVALID(Errors.INVALID_USER_CREDENTIALS, "passkey-error-invalid"),
        NOT_ACCEPTED(Errors.INVALID_REGISTRATION, "passkey-error-not-accepted"),
        NOT_OFFERED(Errors.INVALID_REGISTRATION, "passkey-error-not-offered"),
        SYNCED(Errors.INVALID_REGISTRATION, "passkey-error-synced"),
        TOO_MANY(Errors.INVALID_REGISTRATION, "passkey-error-too-many"),
        NOT_PROVEN(Errors.NOT_ALLOWED, "passkey-error-email-not-proven"),
        ALREADY_REGISTERED(Errors.INVALID_REGISTRATION, "passkey-error-already-registered"),
        /** Says no more than {@link #INVALID}: anybody can ask with any credential id whether it is known. */
        UNKNOWN_PASSKEY(Errors.CREDENTIAL_NOT_FOUND, "passkey-error-invalid"),
        OTHER_ACCOUNT(Errors.DIFFERENT_USER_AUTHENTICATING, "passkey-error-other-account"),
        SUSPECTED_CLONE(Errors.INVALID_USER_CREDENTIALS, "passkey-error-suspected-clone"),
        ACCOUNT_DISABLED(Errors.USER_DISABLED, "passkey-error-account-disabled"),
        ACCOUNT_LOCKED(Errors.USER_TEMPORARILY_DISABLED, "passkey-error-account-locked"),
        CANCELLED(Errors.REJECTED_BY_USER, "passkey-error-cancelled"),
        DEVICE_ALREADY_HAS_ONE(Errors.NOT_ALLOWED, "passkey-error-device-already-has-one"),
        BROWSER(Errors.NOT_ALLOWED, "passkey-error-browser");

        private final String eventError;
        private final String messageKey;

        Kind(String eventError, String messageKey) {
            this.eventError = eventError;
            this.messageKey = messageKey;
        }
    }
}
