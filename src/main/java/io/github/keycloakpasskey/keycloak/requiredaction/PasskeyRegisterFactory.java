package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.settings.AttestationSources;
import io.github.keycloakpasskey.keycloak.settings.MetadataOptions;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.metadata.MetadataService;
import io.github.keycloakpasskey.metadata.MetadataSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** The required action {@code passkey-register}. */
public final class PasskeyRegisterFactory implements RequiredActionFactory, AttestationSources.Holder {

    private Optional<MetadataSettings> metadataSettings = Optional.empty();
    private Optional<MetadataService> metadata = Optional.empty();

    @Override
    public String getId() {
        return PasskeyIds.REGISTER_ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Create a passkey";
    }

    @Override
    public boolean isOneTimeAction() {
        return true;
    }

    /** Keycloak's own setting for every action, and the realm's settings for passkeys. */
    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        List<ProviderConfigProperty> properties = new ArrayList<>(PasskeySettings.properties());
        properties.addAll(MAX_AUTH_AGE_CONFIG_PROPERTIES);
        return properties;
    }

    /**
     * Checks settings before they are saved.
     *
     * @throws ValidationException if they cannot work, with what an administrator has to put right
     */
    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        RequiredActionFactory.super.validateConfig(session, realm, model);
        Map<String, String> config = Objects.requireNonNullElse(model.getConfig(), Map.of());
        ValidationException.ValidationExceptionBuilder refusal = new ValidationException.ValidationExceptionBuilder();
        RealmPolicy.problems(realm, config, attestationSources())
                .forEach((setting, problem) -> refusal.accept(new ValidationError(getId(), setting, problem)));
        if (refusal.hasError()) {
            throw refusal.build();
        }
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return new PasskeyRegister();
    }

    @Override
    public AttestationSources attestationSources() {
        return new AttestationSources(metadata);
    }

    @Override
    public void init(Config.Scope config) {
        metadataSettings = MetadataOptions.read(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        metadata = metadataSettings.map(MetadataService::start);
    }

    @Override
    public void close() {
        metadata.ifPresent(MetadataService::close);
    }
}
