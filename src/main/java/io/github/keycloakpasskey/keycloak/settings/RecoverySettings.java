package io.github.keycloakpasskey.keycloak.settings;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;

import java.util.List;
import java.util.Map;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of the step {@code reset-passkey}.
 *
 * @param removesOlder whether the older passkeys go once the new one is stored
 */
public record RecoverySettings(boolean removesOlder) {

    private static final Setting<Boolean> REMOVES_OLDER = new Setting<>(
            "remove-older-passkeys",
            "Remove older passkeys",
            "On: once the new passkey is stored, all older ones of the user are removed; the page says so beforehand."
                    + " Off: they stay, and people remove the lost one in their account.",
            BOOLEAN_TYPE,
            List.of(),
            "false",
            Setting::yesOrNo,
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
    public static RecoverySettings of(RealmModel realm, AuthenticatorConfigModel model) {
        return new RecoverySettings(REMOVES_OLDER.read(Setting.stored(model), Setting.logged(realm, model)));
    }

    /** What is wrong about settings that are about to be saved; see {@link CheckedSettings#problems}. */
    public static Map<String, String> problems(Map<String, String> config) {
        Setting.Findings findings = new Setting.Findings();
        REMOVES_OLDER.read(config, findings);
        return findings.byName();
    }
}
