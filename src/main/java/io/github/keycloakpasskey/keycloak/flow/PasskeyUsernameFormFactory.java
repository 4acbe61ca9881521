package io.github.keycloakpasskey.keycloak.flow;

import io.github.keycloakpasskey.keycloak.login.StepRole;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;

/** The authenticator {@code passkey-username-form}: asks for the user name alone, before a passkey. */
public final class PasskeyUsernameFormFactory extends PasskeyStepFactory {

    public static final String ID = "passkey-username-form";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Username Form before Passkey";
    }

    @Override
    public StepRole role() {
        return StepRole.NONE;
    }

    @Override
    public String getHelpText() {
        return "Asks for the user name alone, and goes on in the same way whether or not there is such a user. Only for"
                + " flows in which the step Passkey or Username Password Form with Passkey comes next and is Required.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    Authenticator createStep(KeycloakSession session) {
        return new PasskeyUsernameForm();
    }
}
