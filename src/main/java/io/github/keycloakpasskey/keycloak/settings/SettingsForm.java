package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.Setting.eachOf;
import static io.github.keycloakpasskey.keycloak.settings.Setting.oneOf;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.TEXT_TYPE;

import io.github.keycloakpasskey.metadata.CertificationLevel;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.SignCountPolicy;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the required action {@code passkey-register}, each declared once. */
final class SettingsForm {

    private static final String NONE = "none";
    private static final String DEVICE_BOUND = "device-bound";
    private static final List<String> KINDS = List.of("any", DEVICE_BOUND);
    private static final List<String> FORMAT_NAMES = Arrays.stream(AttestationFormat.values())
            .map(AttestationFormat::registeredName)
            .toList();
    private static final List<String> TRUST_SOURCES = List.of("truststore", "pem", "metadata", "any");
    private static final List<String> CERTIFICATIONS = Stream.concat(
                    Stream.of(NONE), Arrays.stream(CertificationLevel.values()).map(CertificationLevel::code))
            .toList();
    private static final List<String> SIGN_COUNT_POLICIES = List.of("refuse", "flag");

    private static final Pattern AAGUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int MOST_OF_ALL = 1000;

    static final Setting<Set<String>> ALLOWED_AAGUIDS = new Setting<>(
            "aaguids-allowed",
            "Allowed authenticator models",
            "AAGUIDs of the only models that new passkeys may come from, besides the Acceptable AAGUIDs of the WebAuthn"
                    + " Passwordless Policy. Empty: any. A model is believed only where a trusted attestation proves"
                    + " it, so that policy's attestation conveyance preference has to be Direct. What proves it: an"
                    + " attestation certificate that names it (most security keys have one), or one that leads to a"
                    + " root that the FIDO Metadata Service lists for it (Windows Hello and Android have no other"
                    + " proof, so they need metadata among the attestation trust). All zeros: authenticators that name"
                    + " no model, as those of FIDO U2F; of them a trusted attestation is enough.",
            MULTIVALUED_STRING_TYPE,
            List.of(),
            "",
            SettingsForm::aaguids,
            text -> Setting.values(text.toLowerCase(Locale.ROOT)));

    static final Setting<Set<String>> DENIED_AAGUIDS = new Setting<>(
            "aaguids-denied",
            "Denied authenticator models",
            "AAGUIDs of models that no new passkey may come from. A courtesy check: an authenticator that does not prove"
                    + " its model can claim to be another one. To be sure, name the allowed models.",
            MULTIVALUED_STRING_TYPE,
            List.of(),
            "",
            SettingsForm::aaguids,
            SettingsForm::readableAaguids);

    static final Setting<Boolean> DEVICE_BOUND_ONLY = new Setting<>(
            "kind",
            "Kind of passkeys",
            "device-bound: passkeys that can be synced to other devices are refused when they are created; those that"
                    + " exist go on working. The authenticator says of itself which kind it makes: a courtesy check,"
                    + " unless the allowed authenticator models are named, and prove themselves by certificates that"
                    + " name them.",
            LIST_TYPE,
            KINDS,
            "any",
            text -> oneOf(KINDS, text).equals(DEVICE_BOUND),
            text -> true);

    static final Setting<Set<String>> FORMATS = new Setting<>(
            "attestation-formats",
            "Attestation formats",
            "The accepted formats of attestation statements. Empty: all that can be verified. A passkey that attests"
                    + " nothing has the format none.",
            MULTIVALUED_LIST_TYPE,
            FORMAT_NAMES,
            "",
            text -> eachOf(FORMAT_NAMES, text),
            Setting::values);

    static final Setting<Set<TrustSource>> TRUST = new Setting<>(
            "attestation-trust",
            "Attestation trust",
            "Who vouches for authenticators, where attestation conveyance is not None. truststore: the certificates"
                    + " that Keycloak trusts. pem: the certificates below. metadata: the FIDO Metadata Service; the"
                    + " server has to be told its address. any: certificates may lead anywhere, and prove nothing. Of"
                    + " truststore and pem, a certificate proves a model only if it names it; metadata know the roots"
                    + " of each model. Until metadata are loaded they vouch for nobody, and do not know who is"
                    + " compromised.",
            MULTIVALUED_LIST_TYPE,
            TRUST_SOURCES,
            "truststore",
            text -> eachOf(TRUST_SOURCES, text).stream()
                    .map(source -> TrustSource.valueOf(source.toUpperCase(Locale.ROOT)))
                    .collect(Collectors.toUnmodifiableSet()),
            text -> Set.of());

    static final Setting<PemCertificates> ROOTS = new Setting<>(
            "attestation-roots",
            "Attestation root certificates",
            "The text of PEM files: root certificates of makers of authenticators. Used where pem is among the"
                    + " attestation trust.",
            TEXT_TYPE,
            List.of(),
            "",
            PemCertificates::parse,
            text -> PemCertificates.NONE);

    static final Setting<Optional<CertificationLevel>> LEAST_CERTIFICATION = new Setting<>(
            "least-certification",
            "Least FIDO certification",
            "What the FIDO Metadata Service has to know of a model at least: that it is listed, that it works as"
                    + " specified (functional), or one of the security levels. Refused are unknown models, models that"
                    + " are not proven (see Allowed authenticator models), and all until metadata are loaded. Needs"
                    + " metadata among the attestation trust, and attestation conveyance Direct.",
            LIST_TYPE,
            CERTIFICATIONS,
            NONE,
            text -> Optional.of(oneOf(CERTIFICATIONS, text))
                    .filter(level -> !level.equals(NONE))
                    .map(CertificationLevel::ofCode),
            text -> Optional.of(CertificationLevel.L3_PLUS));

    static final Setting<OptionalInt> MOST_PASSKEYS = new Setting<>(
            "most-passkeys",
            "Largest number of passkeys",
            "How many passkeys a user may have, 1 to " + MOST_OF_ALL + ". Empty: any number. Who has more keeps them.",
            STRING_TYPE,
            List.of(),
            "",
            text -> Setting.number(text, 1, MOST_OF_ALL),
            text -> OptionalInt.of(1));

    static final Setting<SignCountPolicy> SIGN_COUNT = new Setting<>(
            "sign-count",
            "Counter that did not grow",
            "What becomes of a sign-in whose signature counter did not grow, as there may be a copy of the key. refuse:"
                    + " it is refused. flag: it is accepted. Either way the event and the stored passkey say that a"
                    + " copy is suspected, and the account console warns of it.",
            LIST_TYPE,
            SIGN_COUNT_POLICIES,
            "refuse",
            text -> SignCountPolicy.valueOf(oneOf(SIGN_COUNT_POLICIES, text).toUpperCase(Locale.ROOT)),
            text -> SignCountPolicy.REFUSE);

    static final Setting<Set<String>> TOP_ORIGINS = new Setting<>(
            "top-origins",
            "Sites that may embed the pages",
            "Origins, like https://shop.example.com, of other sites in whose frames passkeys may be used. Empty: none."
                    + " The realm's security headers have to allow the frame too.",
            MULTIVALUED_STRING_TYPE,
            List.of(),
            "",
            SettingsForm::origins,
            text -> Set.of());

    static final Setting<List<Hint>> HINTS = new Setting<>(
            "hints",
            "Hints",
            "Which kinds of authenticators the browser offers first when a passkey is created: security-key,"
                    + " client-device (the device in use), hybrid (a phone). Empty: the browser chooses. A hint only;"
                    + " what is accepted is decided by the other settings.",
            MULTIVALUED_LIST_TYPE,
            Setting.HINTS,
            "",
            Setting::hints,
            text -> List.of());

    static final List<Setting<?>> ALL = List.of(
            ALLOWED_AAGUIDS,
            DENIED_AAGUIDS,
            DEVICE_BOUND_ONLY,
            FORMATS,
            TRUST,
            ROOTS,
            LEAST_CERTIFICATION,
            MOST_PASSKEYS,
            SIGN_COUNT,
            TOP_ORIGINS,
            HINTS);

    private SettingsForm() {}

    private static Set<String> aaguids(String text) {
        Set<String> aaguids = new LinkedHashSet<>();
        for (String value : Setting.values(text)) {
            String aaguid = value.toLowerCase(Locale.ROOT);
            if (!AAGUID.matcher(aaguid).matches()) {
                throw new IllegalArgumentException(
                        "“" + value + "” is no AAGUID; one looks like ee882879-721c-4913-9775-3dfcce97072a");
            }
            aaguids.add(aaguid);
        }
        return aaguids;
    }

    /** Of a text that has others too, whatever stands between them. */
    private static Set<String> readableAaguids(String text) {
        return AAGUID.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws IllegalArgumentException if one of the values is no origin */
    private static Set<String> origins(String text) {
        Set<String> origins = Setting.values(text);
        origins.stream().filter(origin -> !isOrigin(origin)).findFirst().ifPresent(other -> {
            throw new IllegalArgumentException(
                    "“" + other + "” is no origin; one looks like https://shop.example.com, with nothing behind it");
        });
        return origins;
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return uri.getHost() != null && text.equals(uri.getScheme() + "://" + uri.getHost() + port);
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
