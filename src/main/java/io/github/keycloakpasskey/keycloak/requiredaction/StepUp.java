package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.credential.AccountState;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's rule of levels for credentials: who creates a credential must have signed in at the level for which the browser
 * flow asks for credentials of that type, or at the highest level that the user's credentials reach. Otherwise someone who
 * knows a password alone could add a passkey to an account that has one, and use it for the level above.
 *
 * <p>Keycloak applies the rule where an app asks for the action ({@code kc_action}), and only in the browser flow: not after
 * an identity provider, and not after the password was reset. Required actions of the user or of the realm are up to the
 * action.
 */
final class StepUp {

    private StepUp() {}

    /**
     * Whether this login has to reach a higher level before its user creates a passkey. A user who comes by the link of a
     * recovery or of an administrator may have lost what the level asks for.
     */
    static boolean isDueIn(RequiredActionContext context) {
        LoginState login = LoginState.of(context.getAuthenticationSession());
        String user = context.getUser().getId();
        return login.recoveryOf(user).isEmpty()
                && !login.isByAdministratorsLinkOf(user)
                && reached(context) < required(context);
    }

    /** Keycloak does not count a passkey of its built-in type as one of the level. */
    private static boolean hasBuiltIn(RequiredActionContext context) {
        return Passkeys.of(context.getSession()).ownedBy(context.getUser()).stream()
                .anyMatch(passkey -> passkey.type().isBuiltIn());
    }

    /** A login in which no level was reached, such as a sign-up, is at the lowest. */
    private static int reached(RequiredActionContext context) {
        int level = new AcrStore(context.getSession(), context.getAuthenticationSession())
                .getLevelOfAuthenticationFromCurrentAuthentication();
        return Math.max(level, Constants.MINIMUM_LOA);
    }

    private static int required(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Map<String, Integer> levels = LoAUtil.getCredentialTypesToLoAMap(
                context.getSession(), context.getRealm(), AuthenticationFlowResolver.resolveBrowserFlow(login));
        Set<Integer> reachable =
                AccountState.of(context.getSession(), context.getUser()).credentials().values().stream()
                        .map(credential -> levels.getOrDefault(credential.type(), Constants.NO_LOA))
                        .collect(Collectors.toCollection(HashSet::new));
        if (hasBuiltIn(context)) {
            reachable.add(levels.getOrDefault(PasskeyIds.CREDENTIAL_TYPE, Constants.NO_LOA));
        }
        return required(levels, reachable);
    }

    /**
     * The highest level, up to the one of passkeys, that asks for no credential or for one that the user has.
     *
     * @param levels the level of each type of credential
     * @param reachable the levels of the user's credentials
     */
    static int required(Map<String, Integer> levels, Set<Integer> reachable) {
        int level = levels.getOrDefault(PasskeyIds.CREDENTIAL_TYPE, Constants.NO_LOA);
        while (level > Constants.NO_LOA && levels.containsValue(level) && !reachable.contains(level)) {
            level--;
        }
        return level;
    }
}
