package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds settings of a realm that cannot work, on their own or together. */
final class SettingsCheck {

    private final SettingsForm.Findings findings = new SettingsForm.Findings();

    private SettingsCheck() {}

    /**
     * Checks settings that are about to be saved: each on its own, and if all are valid, against each other and the
     * realm's policy.
     *
     * @param conveyance the attestation conveyance preference of the realm's policy
     * @param metadataAvailable whether the server was started with the location of the FIDO Metadata Service
     * @return what is wrong, by the key of the setting; empty if nothing is
     */
    static Map<String, String> problems(
            Map<String, String> config, AttestationConveyance conveyance, boolean metadataAvailable) {
        Map<String, String> invalid = PasskeySettings.problems(config);
        return invalid.isEmpty()
                ? contradictions(
                        PasskeySettings.of(config, (setting, value, problem) -> {}), conveyance, metadataAvailable)
                : invalid;
    }

    /** Checks stored settings against each other and the realm's policy. */
    static Map<String, String> contradictions(
            PasskeySettings settings, AttestationConveyance conveyance, boolean metadataAvailable) {
        SettingsCheck check = new SettingsCheck();
        check.models(settings, conveyance);
        check.formats(settings, conveyance);
        check.trust(settings, metadataAvailable);
        check.certification(settings, conveyance);
        return check.findings.byKey();
    }

    private void models(PasskeySettings settings, AttestationConveyance conveyance) {
        Set<UUID> allowed = settings.get(PasskeySettings.ALLOWED_AAGUIDS);
        findings.reportIf(
                allowed.stream().anyMatch(settings.get(PasskeySettings.DENIED_AAGUIDS)::contains),
                PasskeySettings.DENIED_AAGUIDS,
                "a model is both allowed and denied");
        findings.reportIf(
                !allowed.isEmpty() && !asksForStatement(conveyance),
                PasskeySettings.ALLOWED_AAGUIDS,
                "an authenticator proves its model by attestation: first set the attestation conveyance preference of"
                        + " the WebAuthn Passwordless Policy to Direct");
        findings.reportIf(
                !allowed.isEmpty()
                        && settings.get(PasskeySettings.ATTESTATION_TRUST).contains(TrustSource.ANY),
                PasskeySettings.ALLOWED_AAGUIDS,
                "an authenticator proves its model by a certificate that somebody vouches for: choose an attestation"
                        + " trust other than any");
    }

    private void formats(PasskeySettings settings, AttestationConveyance conveyance) {
        Optional<Set<AttestationFormat>> formats = settings.get(PasskeySettings.ATTESTATION_FORMATS);
        findings.reportIf(
                formats.isPresent()
                        && !formats.get().contains(AttestationFormat.NONE)
                        && conveyance == AttestationConveyance.NONE,
                PasskeySettings.ATTESTATION_FORMATS,
                "without none nearly every passkey would be refused, as the attestation conveyance preference of the"
                        + " WebAuthn Passwordless Policy is None");
        findings.reportIf(
                formats.equals(Optional.of(Set.of(AttestationFormat.NONE))) && asksForStatement(conveyance),
                PasskeySettings.ATTESTATION_FORMATS,
                "none alone would refuse every passkey, as the attestation conveyance preference of the WebAuthn"
                        + " Passwordless Policy asks for attestation");
    }

    private void trust(PasskeySettings settings, boolean metadataAvailable) {
        Set<TrustSource> trust = settings.get(PasskeySettings.ATTESTATION_TRUST);
        findings.reportIf(
                trust.contains(TrustSource.ANY) && trust.size() > 1,
                PasskeySettings.ATTESTATION_TRUST,
                "any makes the others pointless: choose any alone, or the others");
        findings.reportIf(
                trust.contains(TrustSource.PEM)
                        && settings.get(PasskeySettings.ATTESTATION_ROOTS)
                                .certificates()
                                .isEmpty(),
                PasskeySettings.ATTESTATION_ROOTS,
                "pem is chosen as attestation trust, and there are no certificates");
        findings.reportIf(
                trust.contains(TrustSource.METADATA) && !metadataAvailable,
                PasskeySettings.ATTESTATION_TRUST,
                "the server does not know where the FIDO Metadata Service is: start it with the option"
                        + " spi-required-action--passkey-register--metadata-location");
    }

    private void certification(PasskeySettings settings, AttestationConveyance conveyance) {
        boolean demanded = settings.get(PasskeySettings.MIN_CERTIFICATION).isPresent();
        findings.reportIf(
                demanded && !settings.get(PasskeySettings.ATTESTATION_TRUST).contains(TrustSource.METADATA),
                PasskeySettings.MIN_CERTIFICATION,
                "certifications are known from the FIDO Metadata Service: choose metadata as attestation trust");
        findings.reportIf(
                demanded && !asksForStatement(conveyance),
                PasskeySettings.MIN_CERTIFICATION,
                "a certification is its model's, and an authenticator proves its model by attestation: first set the"
                        + " attestation conveyance preference of the WebAuthn Passwordless Policy to Direct");
    }

    private static boolean asksForStatement(AttestationConveyance conveyance) {
        return conveyance == AttestationConveyance.DIRECT || conveyance == AttestationConveyance.ENTERPRISE;
    }
}
