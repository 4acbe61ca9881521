package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.RelyingPartyId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.WebAuthnPolicy;

/**
 * The relying party ID and the extra origins that a realm's WebAuthn Passwordless Policy names. Keycloak stores any text.
 * Both are read into the form that browsers use.
 */
final class PolicySite {

    private static final String RP_ID = "Relying party ID";
    private static final String EXTRA_ORIGINS = "Extra Origins";

    private static final OriginList NO_ORIGINS = OriginList.ofSitesAndApps(List.of());
    private static final Readings<List<String>, OriginList> ORIGINS = new Readings<>(
            OriginList::ofSitesAndApps,
            texts -> texts.stream().mapToLong(String::length).sum());

    private final Optional<String> rpIdText;
    private final Optional<RelyingPartyId> rpId;
    private final OriginList extraOrigins;

    private PolicySite(Optional<String> rpIdText, OriginList extraOrigins) {
        this.rpIdText = rpIdText;
        this.rpId = rpIdText.flatMap(RelyingPartyId::parse);
        this.extraOrigins = extraOrigins;
    }

    static PolicySite of(WebAuthnPolicy policy) {
        return new PolicySite(PasswordlessPolicy.specified(policy.getRpId()), origins(policy.getExtraOrigins()));
    }

    private static OriginList origins(List<String> texts) {
        if (texts == null || texts.isEmpty()) {
            return NO_ORIGINS;
        }
        // A list that is too long is refused without being read.
        return texts.size() > OriginList.MAX_ORIGINS
                ? OriginList.ofSitesAndApps(texts)
                : ORIGINS.of(texts.stream().filter(Objects::nonNull).toList());
    }

    /**
     * The relying party ID that the policy names, or else that of the server's address.
     *
     * @return empty if the policy names one that can be none: passkeys for another one would be lost when it is corrected
     */
    Optional<RelyingPartyId> rpId(RelyingPartyId ofAddress) {
        return rpIdText.isEmpty() ? Optional.of(ofAddress) : rpId;
    }

    /** The valid extra origins, as browsers and apps write them. */
    Set<String> extraOrigins() {
        return extraOrigins.origins();
    }

    /** What is wrong, by the name that the admin console has for it. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        if (rpIdText.isPresent() && rpId.isEmpty()) {
            problems.put(
                    RP_ID,
                    ForeignText.quoted(rpIdText.get())
                            + " is no relying party ID; one looks like example.com, without scheme, port or wildcard");
        }
        putFirst(problems, EXTRA_ORIGINS, extraOrigins.problems());
        return problems;
    }

    /** What is read in another spelling than it was entered, by the same names. */
    Map<String, String> respelt() {
        Map<String, String> respelt = new LinkedHashMap<>();
        rpId.map(RelyingPartyId::toString)
                .filter(id -> !id.equals(rpIdText.orElse("")))
                .ifPresent(id -> respelt.put(RP_ID, OriginList.respelt(rpIdText.orElse(""), id)));
        putFirst(respelt, EXTRA_ORIGINS, extraOrigins.respelt());
        return respelt;
    }

    private static void putFirst(Map<String, String> byName, String name, List<String> findings) {
        findings.stream()
                .findFirst()
                .ifPresent(first -> byName.put(
                        name, findings.size() == 1 ? first : first + " (and " + (findings.size() - 1) + " more)"));
    }
}
