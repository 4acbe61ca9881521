package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.metadata.CertificationLevel;
import io.github.keycloakpasskey.webauthn.BackupEligibilityPolicy;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of a realm that Keycloak's WebAuthn Passwordless Policy does not have. They are stored with the required
 * action {@code passkey-register} and apply to the whole realm.
 */
public final class PasskeySettings {

    private static final String NONE = "none";
    private static final String DEVICE_BOUND = "device-bound";
    /** Browsers accept no longer list of a user's passkeys. */
    private static final int MAX_LIMIT = 64;

    /** Of the numbers that the setting refuses, those that earlier versions allowed. */
    private static final Pattern FORMER_LIMIT = Pattern.compile("[1-9]\\d{1,3}");

    private static final int MAX_AUTHENTICATORS = 50;

    private static final SettingsForm FORM = new SettingsForm();

    /** The only models that a new passkey may come from, besides those of the realm's policy; any if both are empty. */
    public static final Setting<Set<UUID>> ALLOWED_AAGUIDS = FORM.declare(Setting.texts("aaguids-allowed")
            .label("Allowed authenticator models")
            .help("AAGUIDs of the only models that new passkeys may come from, besides the Acceptable"
                    + " AAGUIDs of the WebAuthn Passwordless Policy. Empty: any. A model is believed only where"
                    + " a trusted attestation proves it, so that policy's attestation conveyance preference has"
                    + " to be Direct. What proves it: an attestation certificate that names it (most security"
                    + " keys have one), or one that leads to a root that the FIDO Metadata Service lists for it"
                    + " (Windows Hello and Android have no other proof, so they need metadata among the"
                    + " attestation trust). All zeros: authenticators that name no model, as those of FIDO U2F;"
                    + " of them a trusted attestation is enough.")
            .reader(AaguidList::parse)
            .fallbackFrom(text -> AaguidList.allowed(SettingText.values(text))));

    /** Models that no new passkey may come from. */
    public static final Setting<Set<UUID>> DENIED_AAGUIDS = FORM.declare(Setting.texts("aaguids-denied")
            .label("Denied authenticator models")
            .help("AAGUIDs of models that no new passkey may come from. Older passkeys of these models go on signing"
                    + " in, unless Denied models at sign-in says otherwise. A courtesy check: an authenticator"
                    + " that does not prove its model can claim to be another one. To be sure, name the allowed"
                    + " models.")
            .reader(AaguidList::parse)
            .fallbackFrom(AaguidList::found));

    /** Whether passkeys that can be synced are refused at registration. */
    public static final Setting<Boolean> DEVICE_BOUND_ONLY =
            FORM.declare(Setting.choice("kind", List.of("any", DEVICE_BOUND))
                    .label("Kind of passkeys")
                    .help("device-bound: passkeys that can be synced to other devices are refused when they are"
                            + " created; those that exist go on working. The authenticator says of itself which kind it"
                            + " makes: a courtesy check, unless the allowed authenticator models are named, and prove"
                            + " themselves by certificates that name them.")
                    .defaultsTo("any")
                    .reader(DEVICE_BOUND::equals)
                    .fallback(true));

    /** The accepted attestation statement formats; all that can be verified if empty. */
    public static final Setting<Optional<Set<AttestationFormat>>> ATTESTATION_FORMATS = FORM.declare(Setting.choices(
                    "attestation-formats",
                    Arrays.stream(AttestationFormat.values())
                            .map(AttestationFormat::registeredName)
                            .toList())
            .label("Attestation formats")
            .help("The accepted formats of attestation statements. Empty: all that can be verified. A"
                    + " passkey that attests nothing has the format none.")
            .reader(PasskeySettings::formats)
            .fallbackFrom(PasskeySettings::formats));

    /** The sources of trusted attestation certificates, if the realm's policy asks for attestation. */
    public static final Setting<Set<TrustSource>> ATTESTATION_TRUST =
            FORM.declare(Setting.choices("attestation-trust", SettingText.options(TrustSource.values()))
                    .label("Attestation trust")
                    .help("Who vouches for authenticators, where attestation conveyance is not None. truststore:"
                            + " the certificates that Keycloak trusts. pem: the certificates below. metadata: the FIDO"
                            + " Metadata Service; the server has to be told its address. any: certificates may lead"
                            + " anywhere, and prove nothing. Of truststore and pem, a certificate proves a model only"
                            + " if it names it; metadata know the roots of each model. Until metadata are loaded they"
                            + " vouch for nobody, and do not know who is compromised.")
                    .defaultsTo("truststore")
                    .reader(text -> Set.copyOf(SettingText.constants(TrustSource.values(), text)))
                    .fallback(Set.of()));

    /** The certificates of {@link TrustSource#PEM}. */
    static final Setting<PemCertificates> ATTESTATION_ROOTS = FORM.declare(Setting.longText("attestation-roots")
            .label("Attestation root certificates")
            .help("The text of PEM files: root certificates of makers of authenticators. Used where pem is"
                    + " among the attestation trust.")
            .reader(PemCertificates::parse)
            .fallback(PemCertificates.NONE));

    /** The lowest certification that the FIDO Metadata Service must list for a model. */
    public static final Setting<Optional<CertificationLevel>> MIN_CERTIFICATION = FORM.declare(Setting.choice(
                    "least-certification",
                    Stream.concat(
                                    Stream.of(NONE),
                                    Arrays.stream(CertificationLevel.values()).map(CertificationLevel::code))
                            .toList())
            .label("Least FIDO certification")
            .help("What the FIDO Metadata Service has to know of a model at least: that it is listed, that"
                    + " it works as specified (functional), or one of the security levels. Refused are unknown"
                    + " models, models that are not proven (see Allowed authenticator models), and all until"
                    + " metadata are loaded. Needs metadata among the attestation trust, and attestation"
                    + " conveyance Direct.")
            .defaultsTo(NONE)
            .reader(text -> Optional.of(text).filter(code -> !code.equals(NONE)).map(CertificationLevel::ofCode))
            .fallback(Optional.of(CertificationLevel.L3_PLUS)));

    /** The largest number of passkeys that a user may have. Pages list them, and browsers take lists of up to 64. */
    public static final Setting<OptionalInt> MAX_PASSKEYS = FORM.declare(Setting.text("most-passkeys")
            .label("Largest number of passkeys")
            .help("How many passkeys a user may have, 1 to " + MAX_LIMIT + ". Users with more keep them.")
            .defaultsTo(Integer.toString(MAX_LIMIT))
            .reader(text -> SettingText.number(text, 1, MAX_LIMIT))
            .fallbackFrom(PasskeySettings::maxPasskeys));

    /** Whether users may remove a passkey without which they cannot sign in. */
    public static final Setting<Boolean> LAST_PASSKEY_REMOVABLE = FORM.declare(Setting.onOff("last-passkey-removable")
            .label("Users can remove their last passkey")
            .help("Off: a user with one passkey and no other way to sign in (a password, a passkey of Keycloak's"
                    + " built-in type, a linked identity provider) cannot remove it in the account console, which"
                    + " says why. On: they can, and then need an administrator or an e-mail to sign in again."
                    + " Administrators can always remove it.")
            .defaultsTo("false")
            .reader(SettingText::yesOrNo)
            .fallback(false));

    /** Which credentials of Keycloak's built-in types are used as passkeys. */
    static final Setting<BuiltInUse> ADOPT_BUILT_IN =
            FORM.declare(Setting.choice("adopt-built-in", SettingText.options(BuiltInUse.values()))
                    .label("Adopt built-in passkeys")
                    .help("Whether passkeys that users created with Keycloak's built-in pages sign in here."
                            + " passwordless: passkeys do (type webauthn-passwordless). all: second factors do too"
                            + " (type webauthn), if both policies have the same relying party ID. off: none. Where the"
                            + " realm's browser flow has a step of this extension, such a passkey becomes one of this"
                            + " extension's type when it is first used, a second factor only if it verified its user."
                            + " Switch this off before you return to the built-in pages.")
                    .defaultsTo("passwordless")
                    .reader(text -> SettingText.constant(BuiltInUse.values(), text))
                    .fallback(BuiltInUse.OFF));

    /** What happens to a sign-in whose signature counter did not grow. */
    public static final Setting<SignCountPolicy> SIGN_COUNT =
            FORM.declare(Setting.choice("sign-count", SettingText.options(SignCountPolicy.values()))
                    .label("Counter that did not grow")
                    .help("What becomes of a sign-in whose signature counter did not grow, as there may be a copy"
                            + " of the key. refuse: it is refused. flag: it is accepted. Either way the event and the"
                            + " stored passkey say that a copy is suspected, and the account console warns of it.")
                    .defaultsTo("refuse")
                    .reader(text -> SettingText.constant(SignCountPolicy.values(), text))
                    .fallback(SignCountPolicy.REFUSE));

    /** What happens to a sign-in with a passkey whose backup eligibility has changed. */
    public static final Setting<BackupEligibilityPolicy> BACKUP_ELIGIBILITY = FORM.declare(Setting.choice(
                    "backup-eligibility", SettingText.options(BackupEligibilityPolicy.values()))
            .label("Backup eligibility that changed")
            .help("What happens to a sign-in with a passkey that was created for one device and can now be synced,"
                    + " or the reverse. WebAuthn forbids such a change, but some password managers have made one"
                    + " in an update. refuse: the user has to create a new passkey. accept: the event and the"
                    + " stored passkey record the change, and the passkey keeps working.")
            .defaultsTo("refuse")
            .reader(text -> SettingText.constant(BackupEligibilityPolicy.values(), text))
            .fallback(BackupEligibilityPolicy.REFUSE));

    /** Whether a passkey that verified its user signs in while the account is locked after wrong passwords. */
    public static final Setting<Boolean> PASSES_TEMPORARY_LOCK = FORM.declare(Setting.onOff("passes-temporary-lock")
            .label("Passkey passes a temporary lock")
            .help("Brute force detection locks an account for a while, so that nobody can go on guessing its password."
                    + " On: a passkey signs in all the same, if it verified its user and is all that the login rests"
                    + " on. Otherwise anyone who enters wrong passwords keeps the user out. Off: the lock holds for"
                    + " passkeys too. Permanent locks and disabled accounts always hold.")
            .defaultsTo("true")
            .reader(SettingText::yesOrNo)
            .fallback(false));

    /** What happens to a sign-in with a passkey of a model that is denied. */
    public static final Setting<DeniedModelPolicy> DENIED_AT_SIGN_IN =
            FORM.declare(Setting.choice("aaguids-denied-at-sign-in", SettingText.options(DeniedModelPolicy.values()))
                    .label("Denied models at sign-in")
                    .help("What becomes of a sign-in with a passkey that was created before its model was denied."
                            + " off: it is accepted. report: it is accepted, and the event says denied_model. refuse:"
                            + " it is refused. The model is what the authenticator said when the passkey was created.")
                    .defaultsTo("off")
                    .reader(text -> SettingText.constant(DeniedModelPolicy.values(), text))
                    .fallback(DeniedModelPolicy.REFUSE));

    /** The origins of sites that may embed the pages. */
    public static final Setting<Set<String>> TOP_ORIGINS = FORM.declare(Setting.texts("top-origins")
            .label("Sites that may embed the pages")
            .help("Origins, like https://shop.example.com, of other sites in whose frames passkeys may be"
                    + " used. Up to " + OriginList.MAX_ORIGINS
                    + ". Empty: none. The realm's security headers have to allow the frame too.")
            .remarks(SettingText::respeltOrigins)
            .reader(SettingText::origins)
            .fallback(Set.of()));

    /** The kinds of authenticators that the browser offers first when a passkey is created. */
    public static final Setting<List<Hint>> HINTS =
            FORM.declare(Setting.choices("hints", SettingText.options(Hint.values()))
                    .label("Hints")
                    .help("Which kinds of authenticators the browser offers first when a passkey is created:"
                            + " security-key, client-device (the device in use), hybrid (a phone). Empty: the browser"
                            + " chooses. A hint only; what is accepted is decided by the other settings.")
                    .reader(text -> SettingText.constants(Hint.values(), text))
                    .fallback(List.of()));

    /** The ids of other extensions' authenticators that prove the identity of the user. */
    public static final Setting<Set<String>> PROVING_AUTHENTICATORS =
            FORM.declare(Setting.texts("proving-authenticators")
                    .label("Authenticators that prove the user's identity")
                    .help("Provider IDs of authenticators from other extensions that verify who the user is, such"
                            + " as an SMS code. Up to " + MAX_AUTHENTICATORS
                            + ", like my-sms-authenticator. If a user has completed one of them in the same login, the"
                            + " user counts as identified. Name an authenticator here only if it cannot be completed by"
                            + " anyone else. Authenticators of Keycloak and of this extension are known already.")
                    .reader(text -> SettingText.providerIds(text, MAX_AUTHENTICATORS))
                    .fallback(Set.of()));

    /** The ids of other extensions' authenticators that take the username of an earlier step. */
    public static final Setting<Set<String>> NAMING_AUTHENTICATORS = FORM.declare(Setting.texts("naming-authenticators")
            .label("Authenticators that take a username")
            .help("Provider IDs of authenticators from other extensions that work with the username that an"
                    + " earlier step asked for while no user is known, and look the same whether or not a user has"
                    + " that name. Up to " + MAX_AUTHENTICATORS + ", like my-password-form. The step Organization"
                    + " Identity-First Login with Passkey hides which names exist only if such a step follows."
                    + " Authenticators of Keycloak and of this extension are known already.")
            .reader(text -> SettingText.providerIds(text, MAX_AUTHENTICATORS))
            .fallback(Set.of()));

    private final SettingValues values;

    private PasskeySettings(SettingValues values) {
        this.values = values;
    }

    /** The largest number that is allowed, for a number that earlier versions allowed; otherwise the smallest. */
    private static OptionalInt maxPasskeys(String text) {
        return OptionalInt.of(FORMER_LIMIT.matcher(text).matches() ? MAX_LIMIT : 1);
    }

    /** The formats that a text names. A name that does not exist accepts nothing. */
    private static Optional<Set<AttestationFormat>> formats(String text) {
        Set<String> names = SettingText.values(text);
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(names.stream()
                        .flatMap(name -> AttestationFormat.named(name).stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The fields of the form in the admin console. */
    public static List<ProviderConfigProperty> properties() {
        return FORM.properties();
    }

    /** What is wrong about the text of each setting, by its key; contradictions are found by {@link SettingsCheck}. */
    static Map<String, String> problems(Map<String, String> config) {
        return FORM.problems(config);
    }

    /** Settings of which nothing is stored. */
    public static PasskeySettings defaults() {
        return new PasskeySettings(FORM.defaults());
    }

    /**
     * The stored settings of a realm. Each is read when it is asked for. Invalid values are logged: Keycloak does not
     * check them when it imports a realm.
     */
    public static PasskeySettings of(RealmModel realm) {
        return of(stored(realm), new Setting.Problems() {

            @Override
            public void report(Setting<?> setting, String value, String problem) {
                warn(realm, setting.key(), value, problem);
            }

            @Override
            public void remark(Setting<?> setting, String value, String remark) {
                warn(realm, setting.key(), value, remark);
            }
        });
    }

    static PasskeySettings of(Map<String, String> config, Setting.Problems problems) {
        return new PasskeySettings(FORM.values(config, problems));
    }

    /** The texts of a realm's settings, by their keys. */
    static Map<String, String> stored(RealmModel realm) {
        RequiredActionConfigModel model = realm.getRequiredActionConfigByAlias(PasskeyIds.REGISTER_ACTION);
        return model == null || model.getConfig() == null ? Map.of() : model.getConfig();
    }

    /** Logs a problem of these settings, once for each realm and value. */
    static void warn(RealmModel realm, String key, Object value, String problem) {
        ProblemLog.ofServer()
                .warn(realm, "required action " + PasskeyIds.REGISTER_ACTION + ", setting " + key, value, problem);
    }

    /** Whether the required action in which users create passkeys exists in this realm and is enabled. */
    public static boolean isRegistrationEnabled(RealmModel realm) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(PasskeyIds.REGISTER_ACTION);
        return action != null && action.isEnabled();
    }

    /** Whether built-in passkeys become passkeys of this extension when they are used. */
    public boolean adoptsBuiltIn() {
        return get(ADOPT_BUILT_IN) != BuiltInUse.OFF;
    }

    /** The value of one of the settings that this class declares. */
    public <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    /** The same settings, but for one. */
    public <T> PasskeySettings with(Setting<T> setting, T value) {
        return new PasskeySettings(values.with(setting, value));
    }

    /** The texts as Keycloak stores them, by the keys of their settings. */
    Map<String, String> stored() {
        return values.stored();
    }
}
