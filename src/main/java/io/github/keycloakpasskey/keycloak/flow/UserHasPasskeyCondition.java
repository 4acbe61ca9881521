package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.login.AttemptedUsername;
import io.github.keycloakpasskey.keycloak.login.UsersSeen;
import io.github.keycloakpasskey.keycloak.settings.ConditionSettings;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whether the user, or whose name was typed before, has a passkey that counts. A name that nobody has has none. */
final class UserHasPasskeyCondition implements ConditionalAuthenticator {

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        // Who goes past a step that this switches off has been met all the same.
        UsersSeen.in(context).add(context.getUser());
        ConditionSettings settings = ConditionSettings.of(context.getRealm(), context.getAuthenticatorConfig());
        return !settings.areValid() || settings.get(ConditionSettings.USER_HAS_PASSKEY) == hasOne(context, settings);
    }

    private static boolean hasOne(AuthenticationFlowContext context, ConditionSettings settings) {
        return AttemptedUsername.account(context).stream()
                .flatMap(user -> Passkeys.of(context.getSession()).ownedBy(user).stream())
                .anyMatch(passkey -> counts(passkey, settings));
    }

    private static boolean counts(Passkey passkey, ConditionSettings settings) {
        boolean isOfTheKind = !settings.get(ConditionSettings.DEVICE_BOUND_ONLY)
                || !passkey.credential().backupEligible();
        return isOfTheKind
                && settings.get(ConditionSettings.VERIFIED_WITHIN)
                        .map(within -> isVerifiedWithin(passkey, within))
                        .orElse(true);
    }

    private static boolean isVerifiedWithin(Passkey passkey, Duration duration) {
        Instant earliest = Instant.ofEpochMilli(Time.currentTimeMillis()).minus(duration);
        return passkey.lastVerified().filter(earliest::isBefore).isPresent();
    }

    /** Names of which nobody is known have to be answered for too. */
    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // A condition shows no page.
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // A condition needs no setting up.
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
