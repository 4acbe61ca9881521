package io.github.keycloakpasskey.keycloak.settings;

import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The settings of one condition {@code conditional-user-has-passkey}.
 *
 * @param one whether the user has to have a passkey that counts; otherwise has to have none
 * @param deviceBoundOnly whether passkeys that can be synced do not count
 * @param verifiedWithin how long ago the authenticator may have verified its user for the last time; any time,
 *     and never, where empty
 * @param readable whether all that is set can be read. Where not, the sub-flow has to run: it only adds to what
 *     is asked, so that is the strict way, whichever way round the condition is
 */
public record ConditionSettings(
        boolean one, boolean deviceBoundOnly, Optional<Duration> verifiedWithin, boolean readable) {

    private static final String NONE = "none";
    private static final List<String> ONE_OR_NONE = List.of("one", NONE);
    private static final String DEVICE_BOUND = "device-bound";
    private static final List<String> KINDS = List.of("any", DEVICE_BOUND);
    private static final int MOST_DAYS = 3650;

    private static final Setting<Boolean> ONE = new Setting<>(
            "user-has",
            "User has",
            "one: the sub-flow runs for users who have a passkey that counts. none: it runs for those who have none,"
                    + " and where no user is known.",
            LIST_TYPE,
            ONE_OR_NONE,
            "one",
            text -> !Setting.oneOf(ONE_OR_NONE, text).equals(NONE),
            text -> true);

    private static final Setting<Boolean> DEVICE_BOUND_ONLY = new Setting<>(
            "kind",
            "Kind of passkeys",
            "device-bound: passkeys that can be synced to other devices do not count.",
            LIST_TYPE,
            KINDS,
            "any",
            text -> Setting.oneOf(KINDS, text).equals(DEVICE_BOUND),
            text -> true);

    private static final Setting<Optional<Duration>> VERIFIED_WITHIN = new Setting<>(
            "verified-within",
            "Verified within (days)",
            "Passkeys count only if their authenticator has verified its user (PIN, face, fingerprint) in so many days"
                    + " up to now, when it was created or at a sign-in. 1 to " + MOST_DAYS + ". Empty: all count.",
            STRING_TYPE,
            List.of(),
            "",
            ConditionSettings::days,
            text -> Optional.of(Duration.ofDays(1)));

    private static final List<Setting<?>> ALL = List.of(ONE, DEVICE_BOUND_ONLY, VERIFIED_WITHIN);

    /** The fields of the form in which the admin console shows them. */
    public static List<ProviderConfigProperty> properties() {
        return ALL.stream().map(Setting::property).toList();
    }

    /**
     * The settings of a condition. A realm file is not checked when it is imported: what cannot be read is said in the
     * log.
     *
     * @param stored may be null, where nothing was ever set
     */
    public static ConditionSettings of(RealmModel realm, AuthenticatorConfigModel stored) {
        return read(Setting.stored(stored), Setting.logged(realm, stored));
    }

    /**
     * What is wrong about settings that are about to be saved; see {@link CheckedSettings#problems}.
     */
    public static Map<String, String> problems(Map<String, String> config) {
        Setting.Findings findings = new Setting.Findings();
        read(config, findings);
        return findings.byName();
    }

    private static ConditionSettings read(Map<String, String> config, Setting.Problems problems) {
        Map<String, String> found = new LinkedHashMap<>();
        Setting.Problems noted = (setting, problem) -> {
            found.put(setting.name(), problem);
            problems.report(setting, problem);
        };
        boolean one = ONE.read(config, noted);
        boolean deviceBoundOnly = DEVICE_BOUND_ONLY.read(config, noted);
        Optional<Duration> verifiedWithin = VERIFIED_WITHIN.read(config, noted);
        return new ConditionSettings(one, deviceBoundOnly, verifiedWithin, found.isEmpty());
    }

    private static Optional<Duration> days(String text) {
        return Setting.number(text, 1, MOST_DAYS).stream()
                .mapToObj(Duration::ofDays)
                .findFirst();
    }
}
