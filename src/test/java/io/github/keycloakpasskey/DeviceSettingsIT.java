package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.keycloak.requiredaction.PasskeyRegisterFactory;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.provider.ProviderConfigProperty;

/** The settings of the required action: how they are checked on save, and how they affect new passkeys. */
@KeycloakTest
class DeviceSettingsIT {

    private static final UUID MODEL = UUID.fromString("0bb43545-fd2c-4185-87dd-feb0b2916ace");

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator(MODEL);

    @Test
    void theAdminApiDescribesEverySettingWithAHelpText(TestRealm realm) {
        JsonNode properties = realm.admin()
                .get("/authentication/required-actions/passkey-register/config-description")
                .path("properties");

        assertThat(properties)
                .extracting(property -> property.path("name").asText())
                .isEqualTo(new PasskeyRegisterFactory()
                        .getConfigMetadata().stream()
                                .map(ProviderConfigProperty::getName)
                                .toList());
        assertThat(properties)
                .allSatisfy(property ->
                        assertThat(property.path("helpText").asText()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "aaguids-allowed, yubikey, is no AAGUID",
        "aaguids-allowed, 0bb43545-fd2c-4185-87dd-feb0b2916ace, attestation conveyance preference",
        "aaguids-denied, 0bb43545, is no AAGUID",
        "proving-authenticators, my/otp, is no provider ID",
        "naming-authenticators, my/form, is no provider ID",
        "kind, synced, is none of any",
        "attestation-formats, packed, nearly every passkey would be refused",
        "attestation-formats, x509, is none of none",
        "attestation-trust, everybody, is none of truststore",
        "attestation-trust, any##pem, makes the others pointless",
        "attestation-trust, pem, there are no certificates",
        "attestation-roots, hello, BEGIN CERTIFICATE",
        "attestation-roots, -----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----, cannot be read",
        "least-certification, L1, choose metadata as attestation trust",
        "least-certification, L4, is none of none",
        "most-passkeys, 0, no number from 1 to 64",
        "most-passkeys, many, no number from 1 to 64",
        "sign-count, ignore, is none of refuse",
        "top-origins, https://shop.example.com/, is no origin",
        "top-origins, shop.example.com, is no origin",
        "max_auth_age, -1, too-small"
    })
    @Shows(Threat.VAIN_RULE)
    void aSettingThatCannotWorkIsRefusedOnSave(String setting, String value, String explanation, TestRealm realm) {
        assertThatThrownBy(() -> realm.configure(Map.of(setting, value)))
                .hasMessageContaining(" 400 ")
                .hasMessageContaining(explanation);
    }

    @Test
    void aModelCannotBeBothAllowedAndDenied(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessAttestationConveyancePreference", "direct"));
        assertThatThrownBy(() -> realm.configure(Map.of(
                        "aaguids-allowed",
                        MODEL.toString(),
                        "aaguids-denied",
                        MODEL.toString().toUpperCase(Locale.ROOT))))
                .hasMessageContaining("both allowed and denied");
    }

    @Test
    @Shows(Threat.UNWANTED_PASSKEY)
    void aDeniedModelIsRefused(TestRealm realm) {
        realm.configure(Map.of("aaguids-denied", UUID.randomUUID() + "##" + MODEL));

        assertRefused(realm, answer -> answer, "authenticator-not-accepted", "not accepted here");
    }

    @Test
    @Shows(Threat.UNWANTED_PASSKEY)
    void aSyncablePasskeyIsRefusedWhenTheRealmRequiresDeviceBound(TestRealm realm) {
        realm.configure(Map.of("kind", "device-bound"));

        assertRefused(
                realm, answer -> answer.set(Flag.BACKUP_ELIGIBLE), "synced-passkey-not-accepted", "stay on one device");
        assertThat(realm.newClient().register(realm.newPerson(), authenticator)).isNotNull();
    }

    @Test
    @Shows(Threat.UNWANTED_PASSKEY)
    void anAttestationFormatThatIsNotAllowedIsRefused(TestRealm realm) {
        realm.configure(Map.of("attestation-formats", "none##fido-u2f"));

        assertRefused(
                realm,
                answer -> answer.attestation(RegistrationCeremony.Attestation.PACKED_SELF),
                "attestation-format-not-accepted",
                "not accepted here");
        assertThat(realm.newClient().register(realm.newPerson(), authenticator)).isNotNull();
    }

    @Test
    @Shows(Threat.FALSE_MODEL)
    void aMissingAttestationIsRefusedWhenTheRealmRequestsOne(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessAttestationConveyancePreference", "direct"));

        assertRefused(realm, answer -> answer, "attestation-missing", "not accepted here");
    }

    @Test
    @Shows(steps = "§7.1 step 24, self attestation")
    void selfAttestationIsRefusedWhenTheRealmRequestsAttestation(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessAttestationConveyancePreference", "direct"));

        assertRefused(
                realm,
                answer -> answer.attestation(RegistrationCeremony.Attestation.PACKED_SELF),
                "attestation-untrusted",
                "not accepted here");
    }

    @Test
    void selfAttestationIsAcceptedWhenTheRealmTrustsAnyAttestation(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessAttestationConveyancePreference", "direct"));
        realm.configure(Map.of("attestation-trust", "any"));
        WebClient client = realm.newClient();
        Page page = client.openRegistration(realm.newPerson());

        Page next = client.submitPasskey(
                page,
                authenticator
                        .register(page.options(), realm.origin())
                        .attestation(RegistrationCeremony.Attestation.PACKED_SELF)
                        .json());

        assertThat(next.isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.FOREIGN_FRAME)
    void onlyAListedSiteCanEmbedTheSignInPage(TestRealm realm) {
        realm.configure(Map.of("top-origins", "https://shop.example.com"));
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);

        assertThat(signInEmbeddedBy("https://shop.example.com", realm).isBackAtApp())
                .isTrue();
        assertThat(signInEmbeddedBy("https://evil.example.com", realm).isBackAtApp())
                .isFalse();
        realm.awaitRefusal("LOGIN_ERROR", "top-origin-not-allowed");
    }

    private Page signInEmbeddedBy(String site, TestRealm realm) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        return client.submitPasskey(
                page,
                authenticator
                        .authenticate(page.options(), realm.origin())
                        .crossOrigin(true)
                        .topOrigin(site)
                        .json());
    }

    @Test
    void aUserAtThePasskeyLimitSeesThatNoMoreAreAllowed(TestRealm realm) {
        realm.configure(Map.of("most-passkeys", "1"));
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient client = realm.newClient();

        Page page = client.openRegistration(person);

        assertThat(page.error()).contains("as many passkeys as are allowed");
        assertThat(page.hasPasskeyForm()).isFalse();
        Page back = client.submit(page, "#passkey-full", Map.of("cancel-aia", "true"));
        assertThat(back.parameter("kc_action_status")).contains("cancelled");
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    void theRequiredActionDoesNotStopAUserAtThePasskeyLimit(TestRealm realm) {
        realm.configure(Map.of("most-passkeys", "1"));
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        realm.require(person, "passkey-register");
        WebClient client = realm.newClient();

        assertThat(client.submitPassword(client.openSignIn(), person).isBackAtApp())
                .isTrue();
    }

    @Test
    @Shows(Threat.UNWANTED_PASSKEY)
    void twoPasskeysCreatedAtOnceDoNotExceedTheLimit(TestRealm realm) throws Exception {
        realm.configure(Map.of("most-passkeys", "1"));
        Person person = realm.newPerson();
        List<Callable<Page>> registrations = Stream.generate(realm::newClient)
                .limit(2)
                .<Callable<Page>>map(client -> {
                    Page page = client.openRegistration(person);
                    String answer = new SoftwareAuthenticator()
                            .register(page.options(), realm.origin())
                            .json();
                    return () -> client.submitPasskey(page, answer);
                })
                .toList();

        List<Page> answers = AtOnce.send(registrations);

        assertThat(answers).filteredOn(Page::isBackAtApp).hasSize(1);
        assertThat(answers)
                .filteredOn(page -> !page.isBackAtApp())
                .singleElement()
                .satisfies(page -> assertThat(page.error()).contains("as many passkeys as are allowed"));
        assertThat(realm.passkeys(person)).hasSize(1);
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "too-many-passkeys");
    }

    private void assertRefused(
            TestRealm realm, UnaryOperator<RegistrationCeremony> change, String reason, String explanation) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String answer = change.apply(authenticator.register(page.options(), realm.origin()))
                .json();

        Page next = client.submitPasskey(page, answer);

        RefusedCeremoniesIT.assertShownAgain(page, next);
        assertThat(next.error()).contains(explanation);
        assertThat(realm.passkeys(person)).isEmpty();
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", reason);
    }
}
