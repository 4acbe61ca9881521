package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.metadata.CertificationLevel;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * What the realm's WebAuthn Passwordless Policy lacks: the settings of the required action
 * {@code passkey-register}. They rule for the whole realm.
 *
 * @param allowedAaguids the only models that a new passkey may come from, besides those of the
 *     realm's policy; any where both are empty
 * @param deniedAaguids models that no new passkey may come from
 * @param deviceBoundOnly whether passkeys that can be synced are refused
 * @param formats the accepted attestation statement formats; any where empty
 * @param trust who vouches for authenticators, where the realm's policy asks for attestation
 * @param roots the certificates of {@link TrustSource#PEM}
 * @param leastCertification what the FIDO Metadata Service has to know of a model
 * @param mostPasskeys how many passkeys a user may have; any number where empty
 * @param signCount what becomes of a sign-in whose counter did not grow
 * @param topOrigins the origins of sites that may embed the pages
 * @param hints which authenticators the browser offers first when a passkey is made
 */
public record PasskeySettings(
        Set<String> allowedAaguids,
        Set<String> deniedAaguids,
        boolean deviceBoundOnly,
        Set<String> formats,
        Set<TrustSource> trust,
        PemCertificates roots,
        Optional<CertificationLevel> leastCertification,
        OptionalInt mostPasskeys,
        SignCountPolicy signCount,
        Set<String> topOrigins,
        List<Hint> hints) {

    private static final Logger LOG = Logger.getLogger(PasskeySettings.class);

    /** The fields of the form in which the admin console shows them. */
    public static List<ProviderConfigProperty> properties() {
        return SettingsForm.ALL.stream().map(Setting::property).toList();
    }

    /**
     * The settings of a realm. A realm file is not checked when it is imported: what cannot be read then
     * is said in the log, and something strict rules in its place.
     */
    public static PasskeySettings of(RealmModel realm) {
        return read(stored(realm), logged(realm));
    }

    /** Whether the required action in which users create passkeys exists in this realm and is enabled. */
    public static boolean isRegistrationEnabled(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(PasskeyIds.REGISTER_ACTION);
        return action != null && action.isEnabled();
    }

    /** What sign-ins need of them. */
    static SignInRules signInRules(RealmModel realm) {
        return SignInRules.read(stored(realm), logged(realm));
    }

    private static Map<String, String> stored(RealmModel realm) {
        RequiredActionConfigModel model = realm.getRequiredActionConfigByAlias(PasskeyIds.REGISTER_ACTION);
        return model == null || model.getConfig() == null ? Map.of() : model.getConfig();
    }

    private static Setting.Problems logged(RealmModel realm) {
        return (setting, problem) -> LOG.warnf(
                "realm %s, required action %s, setting %s: %s",
                realm.getName(), PasskeyIds.REGISTER_ACTION, setting.name(), problem);
    }

    static PasskeySettings read(Map<String, String> config, Setting.Problems problems) {
        return new PasskeySettings(
                SettingsForm.ALLOWED_AAGUIDS.read(config, problems),
                SettingsForm.DENIED_AAGUIDS.read(config, problems),
                SettingsForm.DEVICE_BOUND_ONLY.read(config, problems),
                SettingsForm.FORMATS.read(config, problems),
                SettingsForm.TRUST.read(config, problems),
                SettingsForm.ROOTS.read(config, problems),
                SettingsForm.LEAST_CERTIFICATION.read(config, problems),
                SettingsForm.MOST_PASSKEYS.read(config, problems),
                SettingsForm.SIGN_COUNT.read(config, problems),
                SettingsForm.TOP_ORIGINS.read(config, problems),
                SettingsForm.HINTS.read(config, problems));
    }
}
