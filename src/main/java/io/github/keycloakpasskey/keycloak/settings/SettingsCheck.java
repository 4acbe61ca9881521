package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.AttestationConveyance;
import io.github.keycloakpasskey.webauthn.attestation.AttestationFormat;
import java.util.Map;
import java.util.Set;

/** What an administrator is told when settings are saved that cannot work. */
final class SettingsCheck {

    private static final String NO_ATTESTATION = AttestationFormat.NONE.registeredName();

    private final Setting.Findings findings = new Setting.Findings();

    private SettingsCheck() {}

    /**
     * Reads the settings and holds them against each other and the realm's policy.
     *
     * @param conveyance what the realm's policy asks of attestation
     * @param metadataAvailable whether the server knows where the FIDO Metadata Service is
     * @return what is wrong, by the name of the setting; empty where nothing is
     */
    static Map<String, String> problems(
            Map<String, String> config, AttestationConveyance conveyance, boolean metadataAvailable) {
        Setting.Findings unreadable = new Setting.Findings();
        PasskeySettings settings = PasskeySettings.read(config, unreadable);
        return unreadable.byName().isEmpty()
                ? contradictions(settings, conveyance, metadataAvailable)
                : unreadable.byName();
    }

    /** The same of settings that have been read. */
    static Map<String, String> contradictions(
            PasskeySettings settings, AttestationConveyance conveyance, boolean metadataAvailable) {
        SettingsCheck check = new SettingsCheck();
        check.models(settings, conveyance);
        check.formats(settings, conveyance);
        check.trust(settings, metadataAvailable);
        check.certification(settings, conveyance);
        return check.findings.byName();
    }

    private void models(PasskeySettings settings, AttestationConveyance conveyance) {
        Set<String> allowed = settings.allowedAaguids();
        findings.reportIf(
                allowed.stream().anyMatch(settings.deniedAaguids()::contains),
                SettingsForm.DENIED_AAGUIDS,
                "a model is both allowed and denied");
        findings.reportIf(
                !allowed.isEmpty() && !asksForStatement(conveyance),
                SettingsForm.ALLOWED_AAGUIDS,
                "an authenticator proves its model by attestation: first set the attestation conveyance preference of"
                        + " the WebAuthn Passwordless Policy to Direct");
        findings.reportIf(
                !allowed.isEmpty() && settings.trust().contains(TrustSource.ANY),
                SettingsForm.ALLOWED_AAGUIDS,
                "an authenticator proves its model by a certificate that somebody vouches for: choose an attestation"
                        + " trust other than any");
    }

    private void formats(PasskeySettings settings, AttestationConveyance conveyance) {
        Set<String> formats = settings.formats();
        findings.reportIf(
                !formats.isEmpty() && !formats.contains(NO_ATTESTATION) && conveyance == AttestationConveyance.NONE,
                SettingsForm.FORMATS,
                "without none nearly every passkey would be refused, as the attestation conveyance preference of the"
                        + " WebAuthn Passwordless Policy is None");
        findings.reportIf(
                formats.equals(Set.of(NO_ATTESTATION)) && asksForStatement(conveyance),
                SettingsForm.FORMATS,
                "none alone would refuse every passkey, as the attestation conveyance preference of the WebAuthn"
                        + " Passwordless Policy asks for attestation");
    }

    private void trust(PasskeySettings settings, boolean metadataAvailable) {
        Set<TrustSource> trust = settings.trust();
        findings.reportIf(
                trust.contains(TrustSource.ANY) && trust.size() > 1,
                SettingsForm.TRUST,
                "any makes the others pointless: choose any alone, or the others");
        findings.reportIf(
                trust.contains(TrustSource.PEM)
                        && settings.roots().certificates().isEmpty(),
                SettingsForm.ROOTS,
                "pem is chosen as attestation trust, and there are no certificates");
        findings.reportIf(
                trust.contains(TrustSource.METADATA) && !metadataAvailable,
                SettingsForm.TRUST,
                "the server does not know where the FIDO Metadata Service is: start it with the option"
                        + " spi-required-action--passkey-register--metadata-location");
    }

    private void certification(PasskeySettings settings, AttestationConveyance conveyance) {
        boolean demanded = settings.leastCertification().isPresent();
        findings.reportIf(
                demanded && !settings.trust().contains(TrustSource.METADATA),
                SettingsForm.LEAST_CERTIFICATION,
                "certifications are known from the FIDO Metadata Service: choose metadata as attestation trust");
        findings.reportIf(
                demanded && !asksForStatement(conveyance),
                SettingsForm.LEAST_CERTIFICATION,
                "a certification is its model's, and an authenticator proves its model by attestation: first set the"
                        + " attestation conveyance preference of the WebAuthn Passwordless Policy to Direct");
    }

    private static boolean asksForStatement(AttestationConveyance conveyance) {
        return conveyance == AttestationConveyance.DIRECT || conveyance == AttestationConveyance.ENTERPRISE;
    }
}
