package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;

/** The authenticator {@code passkey-recovery-user}: asks a user who lost their passkeys who they are. */
public final class PasskeyRecoveryUserFactory extends PasskeyStepFactory {

    @Override
    public String getId() {
        return "passkey-recovery-user";
    }

    @Override
    public String getDisplayType() {
        return "Choose User who Lost a Passkey";
    }

    @Override
    public StepRole role() {
        return StepRole.NONE;
    }

    @Override
    public String getHelpText() {
        return "In place of Choose User, in flows that reset credentials by Reset Passkey: the same on a page that speaks of"
                + " passkeys.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    Authenticator createStep(KeycloakSession session) {
        return new PasskeyRecoveryUser();
    }
}
