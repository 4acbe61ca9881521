package io.github.keycloakpasskey.keycloak.settings;

import static io.github.keycloakpasskey.keycloak.settings.PasswordlessPolicy.specified;
import static org.keycloak.models.Constants.DEFAULT_WEBAUTHN_POLICY_RP_ENTITY_NAME;

import io.github.keycloakpasskey.keycloak.server.PolicyChoices;
import io.github.keycloakpasskey.webauthn.AttestationPolicy;
import io.github.keycloakpasskey.webauthn.AuthenticatorPolicy;
import io.github.keycloakpasskey.webauthn.Hint;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.RelyingPartyId;
import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import io.github.keycloakpasskey.webauthn.UserVerification;
import io.github.keycloakpasskey.webauthn.WebOrigin;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.WebAuthnPolicy;

/**
 * The relying parties of a realm. They follow from Keycloak's own WebAuthn Passwordless Policy, the
 * {@link PasskeySettings} of the realm, and for a sign-in the {@link StepSettings} of the step.
 */
public final class RealmPolicy {

    private static final String POLICY = "WebAuthn Passwordless Policy, ";

    /** The list is read for every page that creates a passkey. */
    private static final int MOST_AAGUIDS = 1000;

    /** The attribute of a realm with the address that browsers see, if the realm has one of its own. */
    private static final String FRONTEND_URL = "frontendUrl";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final WebAuthnPolicy policy;
    private final PasswordlessPolicy choices;
    private final PolicySite site;
    private final PasskeySettings settings;

    private RealmPolicy(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.policy = realm.getWebAuthnPolicyPasswordless();
        this.choices = PasswordlessPolicy.read(policy, this::warn);
        this.site = PolicySite.of(policy);
        site.problems().forEach((choice, problem) -> warn(choice, problem, problem));
        site.respelt().forEach((choice, remark) -> warn(choice, remark, remark));
        this.settings = PasskeySettings.of(realm);
    }

    private void warn(String choice, String value, String problem) {
        ProblemLog.ofServer().warn(realm, POLICY + choice, value, problem);
    }

    /** The policy of the session's realm, at the base URL of the current request. */
    public static RealmPolicy of(KeycloakSession session) {
        return new RealmPolicy(session, session.getContext().getRealm());
    }

    /** Whether the policy for second factors has the same relying party ID. */
    boolean isRelyingPartyOfSecondFactors() {
        PolicySite ofSecondFactors = PolicySite.of(realm.getWebAuthnPolicy());
        return origin().map(RelyingPartyId::of)
                .filter(address -> site.rpId(address).isPresent())
                .filter(address -> idText(site, address).equals(idText(ofSecondFactors, address)))
                .isPresent();
    }

    private static Optional<String> idText(PolicySite site, RelyingPartyId address) {
        return site.rpId(address).map(RelyingPartyId::toString);
    }

    /**
     * The relying party of a sign-in. It has no rules for new passkeys.
     *
     * @return empty if no passkey can be used at this address; the log says why
     */
    public Optional<RelyingParty> relyingParty(StepSettings step) {
        return relyingParty(
                userVerification(step),
                step.get(StepSettings.TIMEOUT).or(choices::timeout),
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
     * @return empty if no passkey can be used at this address; the log says why
     */
    public Optional<RelyingParty> relyingParty(AttestationSources sources) {
        warnOfContradictions(sources);
        return relyingParty(
                choices.userVerification(),
                choices.timeout(),
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
        PasskeyTypes.warnOfAction(realm);
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

    private Optional<RelyingParty> relyingParty(
            UserVerification verification,
            Optional<Duration> timeout,
            List<Hint> hints,
            AttestationPolicy attestation,
            AuthenticatorPolicy authenticators) {
        return origin().flatMap(own -> site.rpId(RelyingPartyId.of(own))
                        .map(id -> RelyingPartyPolicy.builder(id.toString(), rpName())
                                .origins(origins(own))))
                .map(builder -> builder.topOrigins(settings.get(PasskeySettings.TOP_ORIGINS))
                        .algorithms(choices.algorithms())
                        .userVerification(verification)
                        .residentKey(choices.residentKey())
                        .timeout(timeout)
                        .hints(hints)
                        .attestation(attestation)
                        .authenticators(authenticators)
                        .backupEligibility(settings.get(PasskeySettings.BACKUP_ELIGIBILITY))
                        .build())
                .map(RelyingParty::new);
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

    /** The origin of this server's pages; empty if its address has no host, which is logged. */
    private Optional<WebOrigin> origin() {
        Optional<WebOrigin> origin =
                WebOrigin.of(session.getContext().getUri().getBaseUri()).or(this::originOfFrontendUrl);
        if (origin.isEmpty()) {
            // In some set-ups the address is what a request says, so the log does not repeat it.
            ProblemLog.ofServer()
                    .warn(
                            realm,
                            "address",
                            "",
                            "it has no host that browsers know, so no passkeys are offered; check the server's hostname"
                                    + " and the realm's Frontend URL");
        }
        return origin;
    }

    /** Keycloak loses a host that {@link URI} does not know, such as one with an underscore. The realm still has it. */
    private Optional<WebOrigin> originOfFrontendUrl() {
        try {
            return Optional.ofNullable(realm.getAttribute(FRONTEND_URL))
                    .map(URI::create)
                    .flatMap(WebOrigin::of);
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Keycloak's default name of the relying party means nothing to users, so the realm's name replaces it. */
    private String rpName() {
        return specified(policy.getRpEntityName())
                .filter(name -> !name.equals(DEFAULT_WEBAUTHN_POLICY_RP_ENTITY_NAME))
                .or(() -> specified(realm.getDisplayName()))
                .orElseGet(realm::getName);
    }

    private Set<String> origins(WebOrigin own) {
        Set<String> origins = new LinkedHashSet<>(site.extraOrigins());
        origins.add(own.toString());
        return origins;
    }

    /** The models of both lists, as an administrator may have filled in either; empty if both are. */
    private Optional<Set<UUID>> allowedAaguids() {
        Set<UUID> allowed = new LinkedHashSet<>(settings.get(PasskeySettings.ALLOWED_AAGUIDS));
        allowed.addAll(AaguidList.allowed(acceptableAaguids()));
        return allowed.isEmpty() ? Optional.empty() : Optional.of(allowed);
    }

    /** Of a list that is too long, the first ones: the others are not allowed. */
    private List<String> acceptableAaguids() {
        List<String> acceptable = Objects.requireNonNullElse(policy.getAcceptableAaguids(), List.of());
        if (acceptable.size() <= MOST_AAGUIDS) {
            return acceptable;
        }
        String size = Integer.toString(acceptable.size());
        warn("Acceptable AAGUIDs", size, "there are " + size + "; only the first " + MOST_AAGUIDS + " are allowed");
        return acceptable.subList(0, MOST_AAGUIDS);
    }
}
