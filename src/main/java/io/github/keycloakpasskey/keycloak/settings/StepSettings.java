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

/** The settings of one step that asks for a passkey. */
public final class StepSettings {

    /** The option for what the realm's WebAuthn Passwordless Policy says. */
    private static final String POLICY = "policy";

    /** The shortest timeout in seconds, also of the realm's policy. */
    static final int MIN_TIMEOUT = 10;

    /** The longest timeout in seconds, also of the realm's policy. */
    static final int MAX_TIMEOUT = 3600;

    private static final String ANY = "any";
    private static final int MAX_BUTTON_TEXT = 60;

    private static final SettingsForm FORM = new SettingsForm();

    /** Whether the authenticator verifies its user. If empty, the realm's policy decides. */
    public static final Setting<Optional<UserVerification>> USER_VERIFICATION =
            FORM.declare(Setting.choice("user-verification", SettingText.options(POLICY, UserVerification.values()))
                    .label("User verification")
                    .help("Whether the authenticator checks who is there, by face, fingerprint or PIN. policy: as"
                            + " the WebAuthn Passwordless Policy says. required: a passkey that was used without,"
                            + " earlier in the same login, is asked for again.")
                    .defaultsTo(POLICY)
                    .reader(text -> SettingText.optional(UserVerification.values(), text))
                    .fallback(Optional.of(UserVerification.REQUIRED)));

    /** How the page asks for a passkey. If empty, the realm's policy decides. */
    public static final Setting<Optional<Mediation>> MEDIATION =
            FORM.declare(Setting.choice("mediation", SettingText.options(POLICY, Mediation.values()))
                    .label("Mediation")
                    .help("How the page asks; its button is always there. policy: as the WebAuthn Passwordless"
                            + " Policy says, or else conditional. conditional: passkeys are offered in the text field."
                            + " optional, required: the browser asks as soon as the page is open. immediate: the button"
                            + " asks for passkeys of this device first, where the browser can. none: the button alone.")
                    .defaultsTo(POLICY)
                    .reader(text -> SettingText.optional(Mediation.values(), text))
                    .fallback(Optional.of(Mediation.NONE)));

    /** The kinds of authenticators that the browser offers first. */
    public static final Setting<List<Hint>> HINTS =
            FORM.declare(Setting.choices("hints", SettingText.options(Hint.values()))
                    .label("Hints")
                    .help("Which kinds of authenticators the browser offers first: security-key, client-device (the"
                            + " device in use), hybrid (a phone). Empty: the browser chooses. A hint only; nothing is"
                            + " refused for it.")
                    .reader(text -> SettingText.constants(Hint.values(), text))
                    .fallback(List.of()));

    /** How long the browser waits, and how long an answer is accepted. If empty, the realm's policy decides. */
    public static final Setting<Optional<Duration>> TIMEOUT = FORM.declare(Setting.text("timeout")
            .label("Timeout (seconds)")
            .help("How long the browser waits for the person, and how long the answer is taken. " + MIN_TIMEOUT + " to "
                    + MAX_TIMEOUT + ". Empty: as the WebAuthn Passwordless Policy says.")
            .reader(StepSettings::seconds)
            .fallback(Optional.empty()));

    /** The only attachment that is accepted; any if empty. */
    public static final Setting<Optional<AuthenticatorAttachment>> ATTACHMENT =
            FORM.declare(Setting.choice("attachment", SettingText.options(ANY, AuthenticatorAttachment.values()))
                    .label("Attachment")
                    .help("platform: only passkeys of the device in use are accepted. cross-platform: only those of"
                            + " other devices and security keys. The browser says which it was: a courtesy check.")
                    .defaultsTo(ANY)
                    .reader(text -> SettingText.optional(AuthenticatorAttachment.values(), text))
                    .fallback(Optional.empty()));

    /** Whether the page has a field in which browsers offer passkeys. Only for a page that asks for a passkey alone. */
    public static final Setting<Boolean> USERNAME_FIELD = FORM.declare(Setting.onOff("username-field")
            .label("Field for passkeys")
            .help("Whether the page has a text field in which browsers offer passkeys. It asks for no user name, and"
                    + " what is typed there is not used. Only where nobody is known yet.")
            .defaultsTo("true")
            .reader(SettingText::yesOrNo)
            .fallback(true));

    /** The text of the button, in which {@code ${key}} names a text of the realm; the standard text if empty. */
    public static final Setting<String> BUTTON_TEXT = FORM.declare(Setting.text("button-text")
            .label("Button text")
            .help("What the button says, in up to " + MAX_BUTTON_TEXT
                    + " characters. ${key} takes the text of that key from the realm's localization. Empty: the"
                    + " text of this extension.")
            .reader(StepSettings::buttonText)
            .fallback(""));

    private final SettingValues values;

    private StepSettings(SettingValues values) {
        this.values = values;
    }

    /** The fields in the admin console for a step whose page asks for a passkey alone. */
    public static List<ProviderConfigProperty> propertiesOfPasskeyAlone() {
        return FORM.properties();
    }

    /** The fields in the admin console for a step whose page has fields of its own, the username's among them. */
    public static List<ProviderConfigProperty> propertiesBesideOthers() {
        return FORM.propertiesWithout(USERNAME_FIELD);
    }

    /** What is wrong about settings that are about to be saved; see {@link CheckedSettings#problems}. */
    public static Map<String, String> problems(Map<String, String> config) {
        SettingsForm.Findings findings = new SettingsForm.Findings();
        SettingValues values = FORM.values(config, findings);
        values.readAll();
        Optional<AuthenticatorAttachment> attachment = values.get(ATTACHMENT);
        findings.reportIf(
                values.get(MEDIATION).equals(Optional.of(Mediation.CONDITIONAL)) && !values.get(USERNAME_FIELD),
                MEDIATION,
                "conditional offers passkeys in the field for passkeys, which is switched off");
        findings.reportIf(
                attachment.isPresent()
                        && values.get(HINTS).stream().anyMatch(hint -> hint.attachment() != attachment.get()),
                HINTS,
                "they name other authenticators than those of the chosen attachment, which alone are accepted");
        return findings.byKey();
    }

    /** Settings of which nothing is stored. */
    public static StepSettings defaults() {
        return new StepSettings(FORM.defaults());
    }

    /**
     * The stored settings of one step.
     *
     * @param config null if the step has no settings
     */
    public static StepSettings of(RealmModel realm, AuthenticatorConfigModel config) {
        return new StepSettings(FORM.ofStep(realm, config));
    }

    static StepSettings of(Map<String, String> config, Setting.Problems problems) {
        return new StepSettings(FORM.values(config, problems));
    }

    /** The value of one of the settings that this class declares. */
    public <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    /** The same settings, but for one. */
    public <T> StepSettings with(Setting<T> setting, T value) {
        return new StepSettings(values.with(setting, value));
    }

    private static Optional<Duration> seconds(String text) {
        return SettingText.number(text, MIN_TIMEOUT, MAX_TIMEOUT).stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst();
    }

    private static String buttonText(String text) {
        if (text.length() > MAX_BUTTON_TEXT) {
            throw new IllegalArgumentException(
                    "it has " + text.length() + " characters; the button has room for " + MAX_BUTTON_TEXT);
        }
        if (!text.isEmpty() && VisibleText.of(text).isEmpty()) {
            throw new IllegalArgumentException("none of its characters can be seen");
        }
        return text;
    }
}
