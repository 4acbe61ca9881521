package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.CredentialRecord;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Where a passkey works, in the words that its user knows. */
enum PasskeyPlace {
    /** It can be synced between the devices of its user. */
    SYNCED("passkey-credential-synced"),
    SECURITY_KEY("passkey-credential-security-key"),
    ONE_DEVICE("passkey-credential-one-device");

    /** The ways to reach an authenticator that is plugged in or held to a device (WebAuthn §5.8.4). */
    private static final Set<String> ROAMING = Set.of("usb", "nfc", "ble", "smart-card");

    private final String messageKey;

    PasskeyPlace(String messageKey) {
        this.messageKey = messageKey;
    }

    /** Empty as long as the record does not say whether the passkey can be synced. */
    static Optional<PasskeyPlace> of(CredentialRecord credential) {
        return credential.backupEligible().map(syncable -> of(syncable, credential.transports()));
    }

    /** An authenticator that is reached in another way too, such as {@code internal}, is no security key. */
    static PasskeyPlace of(boolean syncable, Collection<String> transports) {
        if (syncable) {
            return SYNCED;
        }
        return !transports.isEmpty() && ROAMING.containsAll(transports) ? SECURITY_KEY : ONE_DEVICE;
    }

    String messageKey() {
        return messageKey;
    }
}
