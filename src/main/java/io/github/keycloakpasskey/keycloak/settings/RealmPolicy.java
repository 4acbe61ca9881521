package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.PasswordlessPolicy.specified;
import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_RP_ENTITY_NAME;

import io.github.keycloakpasskey.keycloak.server.PolicyChoices;
import io.github.keycloakpasskey.webauthn.AttestationPolicy;
import io.github.keycloakpasskey.webauthn.AuthenticatorPolicy;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.UserVerification;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.keycloak.common.util.UriUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;

/**
 * The relying parties of a realm. They follow from Keycloak's own WebAuthn Passwordless Policy, the
 * {@link PasskeySettings} of the realm, and for a sign-in the {@link StepSettings} of the step.
 */
public final class RealmPolicy {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final WebAuthnPolicy policy;
    private final PasswordlessPolicy choices;
    private final PasskeySettings settings;

    private RealmPolicy(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.policy = realm.getWebAuthnPolicyPasswordless();
        this.choices = PasswordlessPolicy.read(policy, (choice, value, problem) -> ProblemLog.ofServer()
                .warn(realm, "WebAuthn Passwordless Policy, " + choice, value, problem));
        this.settings = PasskeySettings.of(realm);
    }

    /** The policy of the session's realm, at the base URL of the current request. */
    public static RealmPolicy of(KeycloakSession session) {
        return new RealmPolicy(session, session.getContext().getRealm());
    }

    /** The relying party of a sign-in. It has no rules for new passkeys. */
    public RelyingParty relyingParty(StepSettings step) {
        return relyingParty(
                userVerification(step),
                step.get(StepSettings.TIMEOUT).or(this::timeout),
                step.get(StepSettings.HINTS),
                AttestationPolicy.NONE,
                AuthenticatorPolicy.attached(step.get(StepSettings.ATTACHMENT)));
    }

    /** Whether the authenticator verifies its user in this step. */
    public UserVerification userVerification(StepSettings step) {
        return step.get(StepSettings.USER_VERIFICATION).orElse(choices.userVerification());
    }

    /** How the page of this step asks, if it has a text field in which browsers can offer passkeys. */
    public Mediation mediation(StepSettings step) {
        return step.get(StepSettings.MEDIATION).orElseGet(this::mediation);
    }

    /** The realm's policy can have other values, but a sign-in page cannot act on them. */
    private Mediation mediation() {
        return PolicyChoices.mediation(policy)
                .flatMap(PasswordlessPolicy::specified)
                .map(set -> Arrays.stream(Mediation.values())
                        .filter(mediation -> mediation.code().equalsIgnoreCase(set))
                        .findFirst()
                        .orElse(Mediation.NONE))
                .orElse(Mediation.CONDITIONAL);
    }

    /**
     * The relying party of a registration. Logs settings that contradict each other, the policy or the server.
     *
     * @param sources the sources of trusted attestation certificates on this server
     */
    public RelyingParty relyingParty(AttestationSources sources) {
        warnOfContradictions(sources);
        return relyingParty(
                choices.userVerification(),
                timeout(),
                settings.get(PasskeySettings.HINTS),
                new AttestationPolicy(
                        choices.attestation(),
                        settings.get(PasskeySettings.ATTESTATION_FORMATS),
                        sources.chosenBy(settings, session)),
                new AuthenticatorPolicy(
                        choices.attachment(),
                        allowedAaguids(),
                        settings.get(PasskeySettings.DENIED_AAGUIDS),
                        settings.get(PasskeySettings.DEVICE_BOUND_ONLY)));
    }

    /**
     * Logs contradictions that the check of saved settings cannot find: it does not see imported realms, later changes
     * of the policy, or a restart with other options.
     */
    private void warnOfContradictions(AttestationSources sources) {
        SettingsCheck.contradictions(settings, choices.attestation(), sources.hasMetadata())
                .forEach((key, problem) -> PasskeySettings.warn(realm, key, settings.stored(), problem));
        if (sources.isWaitingFor(settings)) {
            PasskeySettings.warn(
                    realm,
                    PasskeySettings.ATTESTATION_TRUST.key(),
                    settings.stored(),
                    "the metadata of authenticators are not loaded yet");
        }
    }

    /** Whether the realm's policy can be read as far as new passkeys need it. Where it cannot, none can be created. */
    public boolean isReadable() {
        return choices.isReadable();
    }

    private RelyingParty relyingParty(
            UserVerification verification,
            Optional<Duration> timeout,
            List<Hint> hints,
            AttestationPolicy attestation,
            AuthenticatorPolicy authenticators) {
        return new RelyingParty(RelyingPartyPolicy.builder(rpId(), rpName())
                .origins(origins())
                .topOrigins(settings.get(PasskeySettings.TOP_ORIGINS))
                .algorithms(choices.algorithms())
                .userVerification(verification)
                .residentKey(choices.residentKey())
                .timeout(timeout)
                .hints(hints)
                .attestation(attestation)
                .authenticators(authenticators)
                .build());
    }

    /** What is wrong about settings that are about to be saved, by the key of the setting. */
    public static Map<String, String> problems(
            RealmModel realm, Map<String, String> config, AttestationSources sources) {
        PasswordlessPolicy choices =
                PasswordlessPolicy.read(realm.getWebAuthnPolicyPasswordless(), (choice, value, problem) -> {});
        return SettingsCheck.problems(config, choices.attestation(), sources.hasMetadata());
    }

    /** The settings of the realm that the policy does not have. */
    public PasskeySettings settings() {
        return settings;
    }

    /** The relying party ID: the policy's, or else the host of this server's address. */
    public String rpId() {
        return specified(policy.getRpId()).orElseGet(() -> baseUri().getHost());
    }

    /** How long the browser is asked to wait for the user; empty leaves that to the browser. */
    private Optional<Duration> timeout() {
        int seconds = policy.getCreateTimeout();
        return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }

    private URI baseUri() {
        return session.getContext().getUri().getBaseUri();
    }

    /** Keycloak's default name of the relying party means nothing to users, so the realm's name replaces it. */
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

    /** The models of both lists, as an administrator may have filled in either; empty if both are. */
    private Optional<Set<UUID>> allowedAaguids() {
        Set<UUID> allowed = new LinkedHashSet<>(settings.get(PasskeySettings.ALLOWED_AAGUIDS));
        allowed.addAll(AaguidList.allowed(orEmpty(policy.getAcceptableAaguids())));
        return allowed.isEmpty() ? Optional.empty() : Optional.of(allowed);
    }

    private static List<String> orEmpty(List<String> values) {
        return values == null ? List.of() : values;
    }
}
