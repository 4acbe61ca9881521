package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.login.FlowPosition;
import io.github.keycloakpasskey.keycloak.login.LoginSubject;
import io.github.keycloakpasskey.keycloak.login.UserSwitchGuard;
import io.github.keycloakpasskey.keycloak.server.ServerSupport;
import io.github.keycloakpasskey.keycloak.settings.ConditionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whether the login's user, or the user whose name was entered, has a passkey that counts. An unknown name has none. */
final class UserHasPasskeyCondition implements ConditionalAuthenticator {

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        if (ServerSupport.obstacle().isPresent()) {
            return true;
        }
        // The user counts as seen even if the condition skips the step that would see them.
        UserSwitchGuard.of(context).recordUser(FlowPosition.of(context));
        ConditionSettings settings = ConditionSettings.of(context.getRealm(), context.getAuthenticatorConfig());
        return !settings.areValid() || settings.get(ConditionSettings.USER_HAS_PASSKEY) == hasOne(context, settings);
    }

    private static boolean hasOne(AuthenticationFlowContext context, ConditionSettings settings) {
        return LoginSubject.of(context).account().stream()
                .flatMap(user -> Passkeys.of(context.getSession()).ownedBy(user).stream())
                .anyMatch(passkey -> counts(passkey, settings));
    }

    private static boolean counts(Passkey passkey, ConditionSettings settings) {
        boolean isOfTheKind = !settings.get(ConditionSettings.DEVICE_BOUND_ONLY)
                || passkey.credential().isDeviceBound();
        return isOfTheKind
                && settings.get(ConditionSettings.VERIFIED_WITHIN)
                        .map(within -> isVerifiedWithin(passkey, within))
                        .orElse(true);
    }

    private static boolean isVerifiedWithin(Passkey passkey, Duration duration) {
        Instant earliest = Clock.systemUTC().instant().minus(duration);
        return passkey.lastVerified().filter(earliest::isBefore).isPresent();
    }

    /** The condition also answers for names that no user has. */
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
