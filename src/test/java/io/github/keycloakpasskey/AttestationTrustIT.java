package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AndroidKeyAttestator;
import io.github.keycloakpasskey.testbed.Attestator;
import io.github.keycloakpasskey.testbed.FidoU2fAttestator;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.PackedAttestator;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Pem;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestCertificateAuthority;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.TpmAttestator;
import io.github.keycloakpasskey.testbed.Vendors;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attestation: which roots a realm trusts, and which authenticators it refuses. */
@KeycloakTest
class AttestationTrustIT {

    private static final UUID MODEL = UUID.fromString("0bb43545-fd2c-4185-87dd-feb0b2916ace");

    private TestRealm realm;

    @BeforeEach
    void askForAttestation(TestRealm realm) {
        this.realm = realm;
        realm.change(Map.of("webAuthnPolicyPasswordlessAttestationConveyancePreference", "direct"));
    }

    @Test
    @Shows(value = Threat.FALSE_MODEL, steps = "§7.1 step 24, certificates that lead nowhere")
    void attestationIsCheckedAgainstKeycloaksTruststoreByDefault() {
        assertAccepted(MODEL, packed(Vendors.TRUSTED));
        assertRefused(MODEL, packed(Vendors.UNKNOWN), "attestation-untrusted");
    }

    @Test
    void attestationThroughAnIntermediateAuthorityIsAccepted() {
        assertAccepted(MODEL, packed(Vendors.TRUSTED.intermediate("Factory of the vendor")));
    }

    @Test
    @Shows(steps = "§7.1 step 23, certificates of the realm")
    void theRealmsOwnRootsReplaceTheTruststoreWhenTheRealmChoosesThem() {
        realm.configure(Map.of(
                "attestation-trust",
                "pem",
                "attestation-roots",
                "# Our vendor\n" + Pem.of(Vendors.UNKNOWN.certificate())));

        assertAccepted(MODEL, packed(Vendors.UNKNOWN));
        assertRefused(MODEL, packed(Vendors.TRUSTED), "attestation-untrusted");
    }

    @Test
    @Shows(steps = "§7.1 step 23, metadata")
    void metadataTrustAcceptsOnlyListedModelsWithTheirListedRoots() {
        realm.configure(Map.of("attestation-trust", "metadata"));

        assertAccepted(Vendors.CERTIFIED, packed(Vendors.LISTED));
        assertRefused(MODEL, packed(Vendors.LISTED), "attestation-untrusted");
        assertRefused(Vendors.CERTIFIED, packed(Vendors.UNKNOWN), "attestation-untrusted");
    }

    @Test
    @Shows(Threat.COMPROMISED_MODEL)
    void aModelThatMetadataReportsAsCompromisedIsRefusedDespiteTrustedRoots() {
        realm.configure(Map.of("attestation-trust", "metadata##truststore"));

        assertRefused(Vendors.COMPROMISED, packed(Vendors.LISTED), "authenticator-compromised");
        assertRefused(Vendors.COMPROMISED, packed(Vendors.TRUSTED), "authenticator-compromised");
    }

    @Test
    @Shows(Threat.COMPROMISED_MODEL)
    void aModelBelowTheRequiredCertificationIsRefused() {
        realm.configure(Map.of("attestation-trust", "metadata", "least-certification", "L2"));
        assertRefused(Vendors.CERTIFIED, packed(Vendors.LISTED), "authenticator-not-certified");

        realm.configure(Map.of("attestation-trust", "metadata", "least-certification", "L1"));
        assertAccepted(Vendors.CERTIFIED, packed(Vendors.LISTED));
        assertRefused(MODEL, packed(Vendors.LISTED), "authenticator-not-certified");
    }

    @Test
    @Shows(Threat.FALSE_MODEL)
    void onlyAllowedModelsWithTrustedAttestationAreAccepted() {
        realm.configure(Map.of("aaguids-allowed", MODEL.toString()));

        assertAccepted(MODEL, packed(Vendors.TRUSTED));
        assertRefused(Vendors.CERTIFIED, packed(Vendors.TRUSTED), "authenticator-not-accepted");
        assertRefused(MODEL, packed(Vendors.UNKNOWN), "attestation-untrusted");
    }

    /** An administrator can turn attestation off after listing the allowed models. */
    @Test
    @Shows(Threat.FALSE_MODEL)
    void anAllowedModelWithoutAttestationIsRefused() {
        realm.configure(Map.of("aaguids-allowed", MODEL.toString()));
        realm.change(Map.of("webAuthnPolicyPasswordlessAttestationConveyancePreference", "none"));
        WebClient client = realm.newClient();
        Page page = client.openRegistration(realm.newPerson());

        Page next = client.submitPasskey(
                page,
                new SoftwareAuthenticator(MODEL)
                        .register(page.options(), realm.origin())
                        .json());

        assertThat(next.isBackAtApp()).isFalse();
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "authenticator-not-accepted");
    }

    /** Otherwise any app on a phone of a trusted vendor could claim to be a security key. */
    @Test
    @Shows(Threat.FALSE_MODEL)
    void anAllowedModelIsRefusedWhenTheTrustedRootDoesNotProveTheModel() {
        realm.configure(Map.of("aaguids-allowed", MODEL.toString()));
        assertRefused(MODEL, new AndroidKeyAttestator(Vendors.TRUSTED), "authenticator-not-accepted");

        realm.configure(
                Map.of("attestation-trust", "metadata##truststore", "aaguids-allowed", Vendors.CERTIFIED.toString()));
        assertRefused(Vendors.CERTIFIED, new TpmAttestator(Vendors.TRUSTED), "authenticator-not-accepted");
        assertAccepted(Vendors.CERTIFIED, new TpmAttestator(Vendors.LISTED));
    }

    /** An administrator can turn attestation off after requiring a certification. */
    @Test
    @Shows(Threat.COMPROMISED_MODEL)
    void aCertifiedModelWithoutAttestationIsRefused() {
        realm.configure(Map.of("attestation-trust", "metadata", "least-certification", "L1"));
        realm.change(Map.of("webAuthnPolicyPasswordlessAttestationConveyancePreference", "none"));
        WebClient client = realm.newClient();
        Page page = client.openRegistration(realm.newPerson());

        Page next = client.submitPasskey(
                page,
                new SoftwareAuthenticator(Vendors.CERTIFIED)
                        .register(page.options(), realm.origin())
                        .json());

        assertThat(next.isBackAtApp()).isFalse();
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "attestation-missing");
    }

    @Test
    void anAttestationFormatThatIsNotAllowedIsRefusedDespiteTrustedRoots() {
        realm.configure(Map.of("attestation-formats", "fido-u2f"));

        assertRefused(MODEL, packed(Vendors.TRUSTED), "attestation-format-not-accepted");
        assertAccepted(new UUID(0, 0), new FidoU2fAttestator(Vendors.TRUSTED));
    }

    @Test
    void requiringACertificationWithoutMetadataTrustIsRefusedOnSave() {
        assertThatThrownBy(() -> realm.configure(Map.of("least-certification", "L1")))
                .hasMessageContaining("choose metadata as attestation trust");
    }

    private static Attestator packed(TestCertificateAuthority vendor) {
        return new PackedAttestator(vendor);
    }

    private void assertAccepted(UUID model, Attestator attestator) {
        Person person = realm.newPerson();
        Page next = register(person, model, attestator);

        assertThat(next.isBackAtApp()).as(next.toString()).isTrue();
        assertThat(realm.passkeys(person)).singleElement().satisfies(passkey -> assertThat(
                        passkey.data().path("attestationFormat").asText())
                .isEqualTo(attestator.format()));
    }

    private void assertRefused(UUID model, Attestator attestator, String reason) {
        Person person = realm.newPerson();
        Page next = register(person, model, attestator);

        assertThat(next.isBackAtApp()).isFalse();
        assertThat(next.error()).contains("not accepted here");
        assertThat(realm.passkeys(person)).isEmpty();
        realm.awaitEvent(
                "UPDATE_CREDENTIAL_ERROR",
                event -> event.path("userId").asText().equals(person.id())
                        && event.path("details").path("reason").asText().equals(reason));
    }

    private Page register(Person person, UUID model, Attestator attestator) {
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        return client.submitPasskey(
                page,
                new SoftwareAuthenticator(model)
                        .register(page.options(), realm.origin())
                        .attestation(attestator)
                        .json());
    }
}
