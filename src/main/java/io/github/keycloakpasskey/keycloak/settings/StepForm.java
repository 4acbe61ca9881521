package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.Setting.oneOf;
import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings of a step that asks for a passkey, each declared once. */
final class StepForm {

    private static final String POLICY = "policy";
    private static final String ANY = "any";
    private static final List<String> VERIFICATIONS = List.of(POLICY, "required", "preferred", "discouraged");
    private static final List<String> MEDIATIONS = Stream.concat(
                    Stream.of(POLICY), Arrays.stream(Mediation.values()).map(Mediation::code))
            .toList();
    private static final List<String> ATTACHMENTS = List.of(ANY, "platform", "cross-platform");
    private static final int SHORTEST_TIMEOUT = 10;
    private static final int LONGEST_TIMEOUT = 3600;
    private static final int LONGEST_BUTTON_TEXT = 60;

    static final Setting<Optional<UserVerification>> USER_VERIFICATION = new Setting<>(
            "user-verification",
            "User verification",
            "Whether the authenticator checks who is there, by face, fingerprint or PIN. policy: as the WebAuthn"
                    + " Passwordless Policy says. required: a passkey that was used without, earlier in the same login,"
                    + " is asked for again.",
            LIST_TYPE,
            VERIFICATIONS,
            POLICY,
            text -> Optional.of(oneOf(VERIFICATIONS, text))
                    .filter(chosen -> !chosen.equals(POLICY))
                    .map(chosen -> UserVerification.valueOf(chosen.toUpperCase(Locale.ROOT))),
            text -> Optional.of(UserVerification.REQUIRED));

    static final Setting<Optional<Mediation>> MEDIATION = new Setting<>(
            "mediation",
            "Mediation",
            "How the page asks; its button is always there. policy: as the WebAuthn Passwordless Policy says, or else"
                    + " conditional. conditional: passkeys are offered in the text field. optional, required: the"
                    + " browser asks as soon as the page is open. immediate: the button asks for passkeys of this device"
                    + " first, where the browser can. none: the button alone.",
            LIST_TYPE,
            MEDIATIONS,
            POLICY,
            text -> Optional.of(oneOf(MEDIATIONS, text))
                    .filter(chosen -> !chosen.equals(POLICY))
                    .map(chosen -> Mediation.valueOf(chosen.toUpperCase(Locale.ROOT))),
            text -> Optional.of(Mediation.NONE));

    static final Setting<List<Hint>> HINTS = new Setting<>(
            "hints",
            "Hints",
            "Which kinds of authenticators the browser offers first: security-key, client-device (the device in use),"
                    + " hybrid (a phone). Empty: the browser chooses. A hint only; nothing is refused for it.",
            MULTIVALUED_LIST_TYPE,
            Setting.HINTS,
            "",
            Setting::hints,
            text -> List.of());

    static final Setting<Optional<Duration>> TIMEOUT = new Setting<>(
            "timeout",
            "Timeout (seconds)",
            "How long the browser waits for the person, and how long the answer is taken. "
                    + SHORTEST_TIMEOUT + " to " + LONGEST_TIMEOUT
                    + ". Empty: as the WebAuthn Passwordless Policy says.",
            STRING_TYPE,
            List.of(),
            "",
            StepForm::seconds,
            text -> Optional.empty());

    static final Setting<Optional<AuthenticatorAttachment>> ATTACHMENT = new Setting<>(
            "attachment",
            "Attachment",
            "platform: only passkeys of the device in use are accepted. cross-platform: only those of other devices and"
                    + " security keys. The browser says which it was: a courtesy check.",
            LIST_TYPE,
            ATTACHMENTS,
            ANY,
            text -> AuthenticatorAttachment.ofJson(oneOf(ATTACHMENTS, text)),
            text -> Optional.empty());

    static final Setting<Boolean> USERNAME_FIELD = new Setting<>(
            "username-field",
            "User name field",
            "Whether the page has a field for the user name, in which browsers offer passkeys. Only where nobody is"
                    + " known yet.",
            BOOLEAN_TYPE,
            List.of(),
            "true",
            Setting::yesOrNo,
            text -> true);

    static final Setting<String> BUTTON_TEXT = new Setting<>(
            "button-text",
            "Button text",
            "What the button says, in up to " + LONGEST_BUTTON_TEXT + " characters. ${key} takes the text of that key"
                    + " from the realm's localization. Empty: the text of this extension.",
            STRING_TYPE,
            List.of(),
            "",
            StepForm::buttonText,
            text -> "");

    /** Of a page that is a passkey alone. */
    static final List<Setting<?>> ALONE =
            List.of(USER_VERIFICATION, MEDIATION, HINTS, TIMEOUT, ATTACHMENT, USERNAME_FIELD, BUTTON_TEXT);

    /** Of a page with fields of its own. */
    static final List<Setting<?>> BESIDE_OTHERS =
            List.of(USER_VERIFICATION, MEDIATION, HINTS, TIMEOUT, ATTACHMENT, BUTTON_TEXT);

    private StepForm() {}

    private static Optional<Duration> seconds(String text) {
        return Setting.number(text, SHORTEST_TIMEOUT, LONGEST_TIMEOUT).stream()
                .mapToObj(Duration::ofSeconds)
                .findFirst();
    }

    private static String buttonText(String text) {
        if (text.length() > LONGEST_BUTTON_TEXT) {
            throw new IllegalArgumentException(
                    "it has " + text.length() + " characters; the button has room for " + LONGEST_BUTTON_TEXT);
        }
        return text;
    }
}
