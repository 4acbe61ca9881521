package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.settings.DeniedModelPolicy;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The realm's rules for a passkey that has been verified: whether it signs in its owner.
 *
 * <p>They are those of the realm and not of a step, because the lock and the list of denied models are the realm's.
 *
 * @param passesTemporaryLock whether a passkey signs in although the account is locked for a while
 * @param atDeniedModel what happens to a passkey of a denied model
 * @param deniedModels the denied models
 */
public record AdmissionTerms(boolean passesTemporaryLock, DeniedModelPolicy atDeniedModel, Set<UUID> deniedModels) {

    public AdmissionTerms {
        deniedModels = Set.copyOf(deniedModels);
    }

    static AdmissionTerms of(PasskeySettings settings) {
        return new AdmissionTerms(
                settings.get(PasskeySettings.PASSES_TEMPORARY_LOCK),
                settings.get(PasskeySettings.DENIED_AT_SIGN_IN),
                settings.get(PasskeySettings.DENIED_AAGUIDS));
    }

    /**
     * Why the passkey does not sign in its owner. That an account is locked or disabled may be told, as the passkey is
     * verified.
     *
     * <p>A temporary lock protects secrets that can be guessed. A passkey cannot be guessed, but where it did not verify its
     * user, or follows another credential, the login rests on something else as well, and the lock holds.
     *
     * @param userVerified whether the authenticator verified its user
     * @param afterOtherCredential whether the login has used another credential than a passkey
     * @param model what the authenticator said when the passkey was created
     */
    Optional<KeycloakReason> refusal(
            AccountLock account, boolean userVerified, boolean afterOtherCredential, Optional<UUID> model) {
        if (account == AccountLock.DISABLED) {
            return Optional.of(KeycloakReason.USER_DISABLED);
        }
        boolean passesLock = passesTemporaryLock && userVerified && !afterOtherCredential;
        if (account == AccountLock.TEMPORARILY_LOCKED && !passesLock) {
            return Optional.of(KeycloakReason.USER_TEMPORARILY_LOCKED);
        }
        return atDeniedModel == DeniedModelPolicy.REFUSE && isDenied(model)
                ? Optional.of(KeycloakReason.MODEL_DENIED)
                : Optional.empty();
    }

    /** Whether the event says that the model is denied. */
    boolean reports(Optional<UUID> model) {
        return atDeniedModel != DeniedModelPolicy.OFF && isDenied(model);
    }

    private boolean isDenied(Optional<UUID> model) {
        return model.filter(deniedModels::contains).isPresent();
    }
}
