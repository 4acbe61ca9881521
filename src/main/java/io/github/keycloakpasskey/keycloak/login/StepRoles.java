package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.login.StepRole.NameUse;
import io.github.keycloakpasskey.keycloak.login.StepRole.Proof;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.keycloak.provider.ProviderFactory;

/**
 * The roles of flow steps. The steps of this extension declare theirs, Keycloak's are listed here, and an administrator
 * names the steps of third parties.
 *
 * <p>All other steps of Keycloak prove nothing. Its username form, for example, succeeds without asking for a proof.
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

    private final Function<String, Optional<StepRole>> known;
    private final Supplier<Set<String>> proving;
    private final Supplier<Set<String>> naming;

    private StepRoles(
            Function<String, Optional<StepRole>> known, Supplier<Set<String>> proving, Supplier<Set<String>> naming) {
        this.known = known;
        this.proving = proving;
        this.naming = naming;
    }

    /** The roles of the steps that the server has. The settings of the realm are read where a third party's step is asked for. */
    public static StepRoles of(KeycloakSession session) {
        PasskeySettings settings = PasskeySettings.of(session.getContext().getRealm());
        return new StepRoles(
                id -> known(session, id),
                () -> settings.get(PasskeySettings.PROVING_AUTHENTICATORS),
                () -> settings.get(PasskeySettings.NAMING_AUTHENTICATORS));
    }

    /**
     * Roles without a server.
     *
     * @param known the roles of steps besides those that are listed here, by the id of the authenticator
     * @param proving ids of third parties' authenticators that prove the user's presence
     * @param naming ids of third parties' authenticators that take a name
     */
    static StepRoles of(Map<String, StepRole> known, Set<String> proving, Set<String> naming) {
        return new StepRoles(
                id -> Optional.ofNullable(known.get(id)).or(() -> Optional.ofNullable(OF_KEYCLOAK.get(id))),
                () -> proving,
                () -> naming);
    }

    /** The role of a step of this extension or of Keycloak; empty for a third party's step. */
    private static Optional<StepRole> known(KeycloakSession session, String authenticator) {
        ProviderFactory<Authenticator> factory =
                session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, authenticator);
        if (factory instanceof StepRole.Declared step) {
            return Optional.of(step.role());
        }
        boolean isKeycloaks = factory != null && factory.getClass().getName().startsWith("org.keycloak.");
        return Optional.ofNullable(OF_KEYCLOAK.get(authenticator))
                .or(() -> isKeycloaks ? Optional.of(StepRole.NONE) : Optional.empty());
    }

    /** The role of the step with this authenticator. The realm's settings count only for steps of third parties. */
    public StepRole of(String authenticator) {
        return known.apply(authenticator)
                .orElseGet(() -> new StepRole(
                        proving.get().contains(authenticator) ? Proof.USER : Proof.NOTHING,
                        naming.get().contains(authenticator) ? NameUse.TAKES_NAME : NameUse.IGNORES));
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
