package io.github.keycloakpasskey.keycloak.settings;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Which types of credentials are passkeys in a realm. */
public final class PasskeyTypes {

    private PasskeyTypes() {}

    /** Those of the session's realm, at the base URL of the current request; first those of this extension. */
    public static List<PasskeyType> of(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return chosen(session, realm).stream()
                .filter(type -> !type.isBuiltIn() || !canBeCreatedAtLowerLevel(session, realm, type))
                .toList();
    }

    private static List<PasskeyType> chosen(KeycloakSession session, RealmModel realm) {
        return switch (PasskeySettings.of(realm).get(PasskeySettings.ADOPT_BUILT_IN)) {
            case OFF -> List.of(PasskeyType.PASSKEY);
            case PASSWORDLESS -> List.of(PasskeyType.PASSKEY, PasskeyType.BUILT_IN);
            case ALL ->
                RealmPolicy.of(session).isRelyingPartyOfSecondFactors()
                        ? List.of(PasskeyType.values())
                        : List.of(PasskeyType.PASSKEY, PasskeyType.BUILT_IN);
        };
    }

    /** Whether the login's flow asks for passkeys at a higher level than for something else. */
    private static boolean isHigherLevel(KeycloakSession session, RealmModel realm) {
        Map<String, Integer> levels = LoAUtil.getCredentialTypesToLoAMap(session, realm, flow(session, realm));
        Integer level = levels.get(PasskeyType.PASSKEY.id());
        return level != null
                && Stream.concat(levels.values().stream(), LoAUtil.getLoAConfiguredInRealmBrowserFlow(realm))
                        .anyMatch(other -> other < level);
    }

    private static AuthenticationFlowModel flow(KeycloakSession session, RealmModel realm) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        return login == null ? realm.getBrowserFlow() : AuthenticationFlowResolver.resolveBrowserFlow(login);
    }

    /**
     * Keycloak knows no level for a type that its flow does not ask for. So someone who knows a password alone could create a
     * credential of that type, and use it for the level of passkeys.
     */
    private static boolean canBeCreatedAtLowerLevel(KeycloakSession session, RealmModel realm, PasskeyType type) {
        boolean canBeCreated = isCreatedByUsers(realm, type) && isHigherLevel(session, realm);
        if (canBeCreated) {
            ProblemLog.ofServer()
                    .warn(
                            realm,
                            "required action " + type.registerAction(),
                            "level",
                            "it is enabled, and the flow asks for passkeys at a higher level; credentials of the type "
                                    + type.id()
                                    + " are not used, because a password alone could create one; disable the action");
        }
        return canBeCreated;
    }

    /** Whether the required action is enabled in which users create a credential of this type. */
    static boolean isCreatedByUsers(RealmModel realm, PasskeyType type) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(type.registerAction());
        return action != null && action.isEnabled();
    }

    /**
     * Warns that users can create passkeys of Keycloak's built-in type. For them and ours alike, an authenticator keeps one
     * key for each relying party and user.
     */
    static void warnOfAction(RealmModel realm) {
        if (isCreatedByUsers(realm, PasskeyType.BUILT_IN)) {
            ProblemLog.ofServer()
                    .warn(
                            realm,
                            "required action " + PasskeyType.BUILT_IN.registerAction(),
                            "enabled",
                            "it is enabled; a passkey that a user creates with it replaces a passkey of this extension"
                                    + " on the same device, which then no longer signs in; disable the action when"
                                    + " users no longer need it");
        }
    }
}
