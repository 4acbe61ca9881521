package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of one step that asks for a passkey. What is empty is as the realm's WebAuthn Passwordless Policy says.
 *
 * @param userVerification whether the authenticator checks who is there
 * @param mediation how the page asks
 * @param hints which authenticators the browser offers first
 * @param timeout how long the browser waits, and an answer is taken
 * @param attachment the only kind of authenticator that is accepted; any where empty
 * @param usernameField whether a page that is a passkey alone has a field for the user name
 * @param buttonText what the button says; may name a text as {@code ${key}}; the default where empty
 */
public record StepSettings(
        Optional<UserVerification> userVerification,
        Optional<Mediation> mediation,
        List<Hint> hints,
        Optional<Duration> timeout,
        Optional<AuthenticatorAttachment> attachment,
        boolean usernameField,
        String buttonText) {

    /** What the admin console shows for a page that is a passkey alone. */
    public static List<ProviderConfigProperty> propertiesOfPasskeyAlone() {
        return properties(StepForm.ALONE);
    }

    /** What the admin console shows for a page that has other fields than a passkey's. */
    public static List<ProviderConfigProperty> propertiesBesideOthers() {
        return properties(StepForm.BESIDE_OTHERS);
    }

    private static List<ProviderConfigProperty> properties(List<Setting<?>> form) {
        return form.stream().map(Setting::property).toList();
    }

    /**
     * The settings of a step as they are stored. A realm file is not checked when it is imported: what cannot be read
     * then is said in the log, and something that is safe rules in its place.
     *
     * @param config null where the step has none
     */
    public static StepSettings of(RealmModel realm, AuthenticatorConfigModel config) {
        return read(Setting.stored(config), Setting.logged(realm, config));
    }

    static StepSettings read(Map<String, String> config, Setting.Problems problems) {
        return new StepSettings(
                StepForm.USER_VERIFICATION.read(config, problems),
                StepForm.MEDIATION.read(config, problems),
                StepForm.HINTS.read(config, problems),
                StepForm.TIMEOUT.read(config, problems),
                StepForm.ATTACHMENT.read(config, problems),
                StepForm.USERNAME_FIELD.read(config, problems),
                StepForm.BUTTON_TEXT.read(config, problems));
    }

    /** What is wrong about settings that are about to be saved; see {@link CheckedSettings#problems}. */
    public static Map<String, String> problems(Map<String, String> config) {
        Setting.Findings findings = new Setting.Findings();
        StepSettings settings = read(config, findings);
        findings.reportIf(
                settings.mediation().equals(Optional.of(Mediation.CONDITIONAL)) && !settings.usernameField(),
                StepForm.MEDIATION,
                "conditional offers passkeys in the user name field, which is switched off");
        findings.reportIf(
                settings.attachment().isPresent()
                        && settings.hints().stream()
                                .anyMatch(hint -> hint.attachment()
                                        != settings.attachment().get()),
                StepForm.HINTS,
                "they name other authenticators than those of the chosen attachment, which alone are accepted");
        return findings.byName();
    }
}
