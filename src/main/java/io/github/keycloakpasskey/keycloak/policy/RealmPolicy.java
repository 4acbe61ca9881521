package io.github.keycloakpasskey.keycloak.policy;

import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_NOT_SPECIFIED;
import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_RP_ENTITY_NAME;
import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_SIGNATURE_ALGORITHMS;
import static org.keycloak.models.Constants.WEBAUTHN_POLICY_OPTION_YES;

import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.AttestationPolicy;
import io.github.keycloakpasskey.webauthn.AuthenticatorAttachment;
import io.github.keycloakpasskey.webauthn.AuthenticatorPolicy;
import io.github.keycloakpasskey.webauthn.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.Mediation;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.ResidentKey;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.UriUtils;
import org.keycloak.crypto.Algorithm;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;

/**
 * The realm's WebAuthn Passwordless Policy, which administrators, realm files and the admin console
 * already speak, as the policy of this extension.
 */
public final class RealmPolicy {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final WebAuthnPolicy policy;
    private final SignInRules signInRules;

    private RealmPolicy(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.policy = realm.getWebAuthnPolicyPasswordless();
        this.signInRules = PasskeySettings.signInRules(realm);
    }

    /** The policy of the session's realm, at the address that Keycloak shows to browsers. */
    public static RealmPolicy of(KeycloakSession session) {
        return new RealmPolicy(session, session.getContext().getRealm());
    }

    /** The relying party of a step that signs in: what new passkeys have to prove is none of its concern. */
    public RelyingParty relyingParty(StepSettings step) {
        return relyingParty(
                userVerification(step),
                step.timeout().or(this::timeout),
                step.hints(),
                AttestationPolicy.NONE,
                AuthenticatorPolicy.attached(step.attachment()));
    }

    /** Whether the authenticator checks who is there in this step. */
    public UserVerification userVerification(StepSettings step) {
        return step.userVerification().orElseGet(this::userVerification);
    }

    /** How the page of this step asks, where it has a field to offer passkeys in. */
    public Mediation mediation(StepSettings step) {
        return step.mediation().orElseGet(this::mediation);
    }

    /** Other values than these ask for nothing that a sign-in page could do. */
    private Mediation mediation() {
        return specified(policy.getMediation())
                .map(set -> option(Mediation.class, set).orElse(Mediation.NONE))
                .orElse(Mediation.CONDITIONAL);
    }

    /**
     * The relying party of registrations.
     *
     * @param settings those of the realm, see {@link #settings}
     * @param sources who may vouch for authenticators, as far as the realm has chosen them
     */
    public RelyingParty relyingParty(PasskeySettings settings, AttestationSources sources) {
        return relyingParty(
                userVerification(),
                timeout(),
                settings.hints(),
                new AttestationPolicy(attestation(), settings.formats(), sources.chosenBy(settings, session)),
                new AuthenticatorPolicy(
                        attachment(), allowedAaguids(settings), settings.deniedAaguids(), settings.deviceBoundOnly()));
    }

    private RelyingParty relyingParty(
            UserVerification verification,
            Optional<Duration> timeout,
            List<Hint> hints,
            AttestationPolicy attestation,
            AuthenticatorPolicy authenticators) {
        return new RelyingParty(new RelyingPartyPolicy(
                rpId(),
                rpName(),
                origins(),
                signInRules.topOrigins(),
                algorithms(),
                verification,
                residentKey(),
                timeout,
                hints,
                attestation,
                authenticators));
    }

    /** What is wrong about settings that are about to be saved, by the name of the setting. */
    public static Map<String, String> problems(
            RealmModel realm, Map<String, String> config, AttestationSources sources) {
        return SettingsCheck.problems(
                config, attestation(realm.getWebAuthnPolicyPasswordless()), sources.hasMetadata());
    }

    /** What the realm's policy lacks. */
    public PasskeySettings settings() {
        return PasskeySettings.of(realm);
    }

    /** What sign-ins need of that. */
    public SignInRules signInRules() {
        return signInRules;
    }

    /** The relying party's id: the policy's, else the host of this server's address. */
    public String rpId() {
        return specified(policy.getRpId()).orElseGet(() -> baseUri().getHost());
    }

    /** How long the browser is asked to wait for the person; empty leaves that to the browser. */
    private Optional<Duration> timeout() {
        int seconds = policy.getCreateTimeout();
        return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }

    private URI baseUri() {
        return session.getContext().getUri().getBaseUri();
    }

    /** Keycloak's default name for the relying party says nothing to people: the realm's is better. */
    private String rpName() {
        return specified(policy.getRpEntityName())
                .filter(name -> !name.equals(DEFAULT_WEBAUTHN_POLICY_RP_ENTITY_NAME))
                .or(() -> specified(realm.getDisplayName()))
                .orElseGet(realm::getName);
    }

    private Set<String> origins() {
        Set<String> origins = new LinkedHashSet<>(orEmpty(policy.getExtraOrigins()));
        origins.add(UriUtils.getOrigin(baseUri()));
        return origins;
    }

    private List<CoseAlgorithm> algorithms() {
        List<String> names = orEmpty(policy.getSignatureAlgorithm());
        List<CoseAlgorithm> algorithms = names.stream()
                .map(RealmPolicy::algorithm)
                .flatMap(Optional::stream)
                .toList();
        return algorithms.isEmpty() ? defaultAlgorithms() : algorithms;
    }

    private static List<CoseAlgorithm> defaultAlgorithms() {
        return Arrays.stream(DEFAULT_WEBAUTHN_POLICY_SIGNATURE_ALGORITHMS.split(","))
                .map(RealmPolicy::algorithm)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<CoseAlgorithm> algorithm(String name) {
        return switch (name) {
            case Algorithm.ES256 -> Optional.of(CoseAlgorithm.ES256);
            case Algorithm.ES384 -> Optional.of(CoseAlgorithm.ES384);
            case Algorithm.ES512 -> Optional.of(CoseAlgorithm.ES512);
            case Algorithm.Ed25519 -> Optional.of(CoseAlgorithm.EDDSA);
            case Algorithm.RS256 -> Optional.of(CoseAlgorithm.RS256);
            case Algorithm.RS384 -> Optional.of(CoseAlgorithm.RS384);
            case Algorithm.RS512 -> Optional.of(CoseAlgorithm.RS512);
            case "RS1" -> Optional.of(CoseAlgorithm.RS1);
            default -> Optional.empty();
        };
    }

    private UserVerification userVerification() {
        return option(UserVerification.class, policy.getUserVerificationRequirement())
                .orElse(UserVerification.PREFERRED);
    }

    /** A realm file of before Keycloak 26.6 has the yes-or-no setting only. */
    private ResidentKey residentKey() {
        return option(ResidentKey.class, policy.getResidentKey()).orElseGet(this::legacyResidentKey);
    }

    @SuppressWarnings("deprecation") // Read as long as Keycloak keeps it for realms that have nothing newer.
    private ResidentKey legacyResidentKey() {
        boolean required = WEBAUTHN_POLICY_OPTION_YES.equals(policy.getRequireResidentKey());
        return required ? ResidentKey.REQUIRED : ResidentKey.PREFERRED;
    }

    private AttestationConveyance attestation() {
        return attestation(policy);
    }

    private static AttestationConveyance attestation(WebAuthnPolicy policy) {
        return option(AttestationConveyance.class, policy.getAttestationConveyancePreference())
                .orElse(AttestationConveyance.NONE);
    }

    /** Both lists count: an administrator may have filled either. */
    private Set<String> allowedAaguids(PasskeySettings settings) {
        Set<String> allowed = new LinkedHashSet<>(settings.allowedAaguids());
        orEmpty(policy.getAcceptableAaguids()).forEach(aaguid -> allowed.add(aaguid.toLowerCase(Locale.ROOT)));
        return allowed;
    }

    private Optional<AuthenticatorAttachment> attachment() {
        return option(AuthenticatorAttachment.class, policy.getAuthenticatorAttachment());
    }

    /** The constant whose name is the setting's value; empty where the setting is left to the default. */
    private static <E extends Enum<E>> Optional<E> option(Class<E> type, String value) {
        return specified(value)
                .map(set -> set.toUpperCase(Locale.ROOT).replace('-', '_'))
                .flatMap(name -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(name))
                        .findFirst());
    }

    private static Optional<String> specified(String value) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.equals(DEFAULT_WEBAUTHN_POLICY_NOT_SPECIFIED));
    }

    private static List<String> orEmpty(List<String> values) {
        return values == null ? List.of() : values;
    }
}
