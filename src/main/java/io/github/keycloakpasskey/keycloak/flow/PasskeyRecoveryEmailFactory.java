package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import java.util.List;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The authenticator {@code passkey-recovery-email}: sends the link by which a user creates a new passkey. It has the setting
 * of Keycloak's step.
 */
public final class PasskeyRecoveryEmailFactory extends PasskeyStepFactory {

    private static final ResetCredentialEmail KEYCLOAKS = new ResetCredentialEmail();

    @Override
    public String getId() {
        return "passkey-recovery-email";
    }

    @Override
    public String getDisplayType() {
        return "Send Passkey Recovery Email";
    }

    @Override
    public StepRole role() {
        return StepRole.NONE;
    }

    @Override
    public String getHelpText() {
        return "In place of Send Reset Email, in flows that reset credentials by Reset Passkey: the same with an e-mail that"
                + " speaks of passkeys.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return KEYCLOAKS.getConfigProperties();
    }

    @Override
    Authenticator createStep(KeycloakSession session) {
        return new PasskeyRecoveryEmail();
    }
}
