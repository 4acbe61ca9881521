package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.login.StepRole.NameUse;
import io.github.keycloakpasskey.keycloak.login.StepRole.Proof;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.PasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.RecoveryAuthnCodesFormAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.SpnegoAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordFormFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnAuthenticatorFactory;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticatorFactory;
import org.keycloak.authentication.authenticators.x509.X509ClientCertificateAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/**
 * The roles of flow steps. The steps of this extension declare theirs, Keycloak's are listed here, and an administrator
 * names the steps of third parties.
 *
 * <p>Keycloak's user name form is not among them: it reports a password that it never asked for.
 */
public final class StepRoles {

    private static final StepRole PROVES_USER = new StepRole(Proof.USER, NameUse.IGNORES);
    private static final StepRole ASKS_USER_FOR_PASSWORD = new StepRole(Proof.USER, NameUse.NEEDS_USER);

    private static final Map<String, StepRole> OF_KEYCLOAK = Map.of(
            UsernamePasswordFormFactory.PROVIDER_ID, ASKS_USER_FOR_PASSWORD,
            PasswordFormFactory.PROVIDER_ID, ASKS_USER_FOR_PASSWORD,
            OTPFormAuthenticatorFactory.PROVIDER_ID, PROVES_USER,
            RecoveryAuthnCodesFormAuthenticatorFactory.PROVIDER_ID, PROVES_USER,
            WebAuthnAuthenticatorFactory.PROVIDER_ID, PROVES_USER,
            WebAuthnPasswordlessAuthenticatorFactory.PROVIDER_ID, PROVES_USER,
            SpnegoAuthenticatorFactory.PROVIDER_ID, PROVES_USER,
            X509ClientCertificateAuthenticatorFactory.PROVIDER_ID, PROVES_USER);

    private final Function<String, StepRole> declared;
    private final Supplier<Set<String>> proving;
    private final Supplier<Set<String>> naming;

    private StepRoles(
            Function<String, StepRole> declared, Supplier<Set<String>> proving, Supplier<Set<String>> naming) {
        this.declared = declared;
        this.proving = proving;
        this.naming = naming;
    }

    /** The roles of the steps that the server has. The settings of the realm are read where a third party's step is asked for. */
    public static StepRoles of(KeycloakSession session) {
        PasskeySettings settings = PasskeySettings.of(session.getContext().getRealm());
        return new StepRoles(
                id -> declared(session, id),
                () -> settings.get(PasskeySettings.PROVING_AUTHENTICATORS),
                () -> settings.get(PasskeySettings.NAMING_AUTHENTICATORS));
    }

    /**
     * Roles without a server.
     *
     * @param declared the roles that factories declare, by the id of the authenticator
     * @param proving ids of third parties' authenticators that prove the user's presence
     * @param naming ids of third parties' authenticators that take a name
     */
    static StepRoles of(Map<String, StepRole> declared, Set<String> proving, Set<String> naming) {
        return new StepRoles(declared::get, () -> proving, () -> naming);
    }

    private static StepRole declared(KeycloakSession session, String authenticator) {
        return session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, authenticator)
                        instanceof StepRole.Declared step
                ? step.role()
                : null;
    }

    /** The role of the step with this authenticator. What a realm's settings say of a known step does not count. */
    public StepRole of(String authenticator) {
        StepRole own = declared.apply(authenticator);
        if (own != null) {
            return own;
        }
        StepRole role = OF_KEYCLOAK.get(authenticator);
        return role != null
                ? role
                : new StepRole(
                        proving.get().contains(authenticator) ? Proof.USER : Proof.NOTHING,
                        naming.get().contains(authenticator) ? NameUse.TAKES_NAME : NameUse.IGNORES);
    }

    /**
     * Whether a flow with these steps can go on with a name alone: one of them takes a name, and none needs a user.
     *
     * @param authenticators the ids of the steps' authenticators
     */
    public boolean takeNames(List<String> authenticators) {
        return authenticators.stream().anyMatch(id -> of(id).name() == NameUse.TAKES_NAME)
                && authenticators.stream().noneMatch(id -> of(id).name() == NameUse.NEEDS_USER);
    }
}
