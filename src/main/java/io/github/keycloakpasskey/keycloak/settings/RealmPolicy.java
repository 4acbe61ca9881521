package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.PasswordlessPolicy.specified;
import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_RP_ENTITY_NAME;

import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.webauthn.AttestationPolicy;
import io.github.keycloakpasskey.webauthn.AuthenticatorPolicy;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.attestation.Aaguid;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;

/**
 * The realm's WebAuthn Passwordless Policy, which administrators, realm files and the admin console
 * already speak, as the policy of this extension.
 */
public final class RealmPolicy {

    private static final Logger LOG = Logger.getLogger(RealmPolicy.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final WebAuthnPolicy policy;
    private final PasswordlessPolicy choices;
    private final SignInRules signInRules;

    private RealmPolicy(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.policy = realm.getWebAuthnPolicyPasswordless();
        this.choices = PasswordlessPolicy.read(
                policy,
                (choice, problem) ->
                        LOG.warnf("realm %s, WebAuthn Passwordless Policy, %s: %s", realm.getName(), choice, problem));
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
        return step.userVerification().orElse(choices.userVerification());
    }

    /** How the page of this step asks, where it has a field to offer passkeys in. */
    public Mediation mediation(StepSettings step) {
        return step.mediation().orElseGet(this::mediation);
    }

    /** Other values than these ask for nothing that a sign-in page could do. */
    private Mediation mediation() {
        return specified(policy.getMediation())
                .map(set -> Arrays.stream(Mediation.values())
                        .filter(mediation -> mediation.code().equalsIgnoreCase(set))
                        .findFirst()
                        .orElse(Mediation.NONE))
                .orElse(Mediation.CONDITIONAL);
    }

    /**
     * The relying party of registrations.
     *
     * @param settings those of the realm, see {@link #settings}
     * @param sources who may vouch for authenticators, as far as the realm has chosen them
     */
    public RelyingParty relyingParty(PasskeySettings settings, AttestationSources sources) {
        warnOfContradictions(settings, sources);
        return relyingParty(
                choices.userVerification(),
                timeout(),
                settings.hints(),
                new AttestationPolicy(choices.attestation(), formats(settings), sources.chosenBy(settings, session)),
                new AuthenticatorPolicy(
                        choices.attachment(),
                        allowedAaguids(settings),
                        aaguids(settings.deniedAaguids()),
                        settings.deviceBoundOnly()));
    }

    /** What was not there to be seen when the settings were saved: a realm file, another policy, another server. */
    private void warnOfContradictions(PasskeySettings settings, AttestationSources sources) {
        SettingsCheck.contradictions(settings, choices.attestation(), sources.hasMetadata())
                .forEach((setting, problem) -> LOG.warnf(
                        "realm %s, required action %s, setting %s: %s",
                        realm.getName(), PasskeyCredentialModel.CREATE_ACTION, setting, problem));
        if (sources.isWaitingFor(settings)) {
            LOG.warnf("realm %s: the metadata of authenticators are not loaded yet", realm.getName());
        }
    }

    /** Why nobody can make a passkey in this realm, whatever they answer; empty where somebody can. */
    public Optional<FailureReason> obstacle() {
        return choices.readable() ? Optional.empty() : Optional.of(FailureReason.POLICY_UNREADABLE);
    }

    private RelyingParty relyingParty(
            UserVerification verification,
            Optional<Duration> timeout,
            List<Hint> hints,
            AttestationPolicy attestation,
            AuthenticatorPolicy authenticators) {
        return new RelyingParty(RelyingPartyPolicy.builder(rpId(), rpName())
                .origins(origins())
                .topOrigins(signInRules.topOrigins())
                .algorithms(choices.algorithms())
                .userVerification(verification)
                .residentKey(choices.residentKey())
                .timeout(timeout)
                .hints(hints)
                .attestation(attestation)
                .authenticators(authenticators)
                .build());
    }

    /** What is wrong about settings that are about to be saved, by the name of the setting. */
    public static Map<String, String> problems(
            RealmModel realm, Map<String, String> config, AttestationSources sources) {
        PasswordlessPolicy choices =
                PasswordlessPolicy.read(realm.getWebAuthnPolicyPasswordless(), (choice, problem) -> {});
        return SettingsCheck.problems(config, choices.attestation(), sources.hasMetadata());
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

    /** The formats that the setting names; names that do not exist accept nothing. Empty if the setting is empty. */
    private static Optional<Set<AttestationFormat>> formats(PasskeySettings settings) {
        return Optional.of(settings.formats()).filter(names -> !names.isEmpty()).map(names -> names.stream()
                .flatMap(name -> AttestationFormat.named(name).stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Both lists count: an administrator may have filled either. Empty if both are. */
    private Optional<Set<UUID>> allowedAaguids(PasskeySettings settings) {
        Set<String> allowed = new LinkedHashSet<>(settings.allowedAaguids());
        orEmpty(policy.getAcceptableAaguids()).forEach(aaguid -> allowed.add(aaguid.toLowerCase(Locale.ROOT)));
        return allowed.isEmpty() ? Optional.empty() : Optional.of(aaguids(allowed));
    }

    /** Without the texts that are not AAGUIDs: no authenticator matches them. */
    private static Set<UUID> aaguids(Set<String> texts) {
        return texts.stream().flatMap(text -> Aaguid.parse(text).stream()).collect(Collectors.toUnmodifiableSet());
    }

    private static List<String> orEmpty(List<String> values) {
        return values == null ? List.of() : values;
    }
}
