package io.github.keycloakpasskey.keycloak.policy;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of the step {@code reset-passkey}.
 *
 * @param removesOlder whether the older passkeys go once the new one is stored
 */
public record RecoverySettings(boolean removesOlder) {

    private static final Logger LOG = Logger.getLogger(RecoverySettings.class);

    private static final Setting<Boolean> REMOVES_OLDER = new Setting<>(
            "remove-older-passkeys",
            "Remove older passkeys",
            "On: once the new passkey is stored, all older ones of the user are removed; the page says so beforehand."
                    + " Off: they stay, and people remove the lost one in their account.",
            BOOLEAN_TYPE,
            List.of(),
            "false",
            RecoverySettings::yesOrNo,
            text -> false);

    /** The fields of the form in which the admin console shows them. */
    public static List<ProviderConfigProperty> properties() {
        return List.of(REMOVES_OLDER.property());
    }

    /**
     * The settings of one step. What cannot be read is said in the log, and then nothing is removed.
     *
     * @param model null where the step has no settings
     */
    public static RecoverySettings of(AuthenticatorConfigModel model) {
        Map<String, String> config = Optional.ofNullable(model)
                .map(AuthenticatorConfigModel::getConfig)
                .orElse(Map.of());
        return new RecoverySettings(REMOVES_OLDER.read(
                config,
                (setting, problem) -> LOG.warnf("step reset-passkey, setting %s: %s", setting.name(), problem)));
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("“" + text + "” is none of true, false");
        };
    }
}
