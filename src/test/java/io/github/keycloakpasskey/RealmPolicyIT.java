package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The realm's WebAuthn Passwordless Policy determines the options for the browser and what the server accepts. */
@KeycloakTest
class RealmPolicyIT {

    private static final UUID ACCEPTED_MAKE = UUID.fromString("531126d6-e717-415c-9320-3d9aa6981239");
    private static final String OTHER_ORIGIN = "https://app.example.org";
    private static final String OTHER_ORIGIN_AS_ENTERED = "https://App.example.org:443/";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @Test
    void theOptionsForTheBrowserFollowTheRealmsPolicy(TestRealm realm) {
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessRpEntityName", "Example Inc.",
                "webAuthnPolicyPasswordlessRpId", "example.org",
                "webAuthnPolicyPasswordlessSignatureAlgorithms", List.of("RS256", "Ed25519"),
                "webAuthnPolicyPasswordlessAttestationConveyancePreference", "direct",
                "webAuthnPolicyPasswordlessAuthenticatorAttachment", "cross-platform",
                "webAuthnPolicyPasswordlessUserVerificationRequirement", "preferred",
                "webAuthnPolicyPasswordlessCreateTimeout", 90));
        Person person = realm.newPerson();

        JsonNode asked = options(realm.newClient().openRegistration(person));

        assertThat(asked.path("rp").path("name").asText()).isEqualTo("Example Inc.");
        assertThat(asked.path("rp").path("id").asText()).isEqualTo("example.org");
        assertThat(asked.path("pubKeyCredParams"))
                .extracting(parameter -> parameter.path("alg").asInt())
                .containsExactly(-257, -8);
        assertThat(asked.path("attestation").asText()).isEqualTo("direct");
        JsonNode selection = asked.path("authenticatorSelection");
        assertThat(selection.path("authenticatorAttachment").asText()).isEqualTo("cross-platform");
        assertThat(selection.path("userVerification").asText()).isEqualTo("preferred");
        assertThat(asked.path("timeout").asLong()).isEqualTo(90_000);
        assertThat(asked.path("user").path("name").asText()).isEqualTo(person.username());
        assertThat(asked.path("user").path("displayName").asText()).isEqualTo("Ada Example");

        JsonNode signIn = options(realm.newClient().openSignIn());
        assertThat(signIn.path("rpId").asText()).isEqualTo("example.org");
        assertThat(signIn.path("userVerification").asText()).isEqualTo("preferred");
        assertThat(signIn.path("timeout").asLong()).isEqualTo(90_000);
    }

    @Test
    void aPasskeyWithoutUserVerificationIsAcceptedWhenItIsPreferred(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessUserVerificationRequirement", "preferred"));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String made = authenticator
                .register(page.options(), realm.origin())
                .clear(Flag.USER_VERIFIED)
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();
        assertThat(realm.passkeys(person)).singleElement().satisfies(passkey -> assertThat(
                        passkey.data().path("userVerified").asBoolean())
                .isFalse());
    }

    @Test
    void aResponseFromAnExtraOriginIsAccepted(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessExtraOrigins", List.of(OTHER_ORIGIN_AS_ENTERED)));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String made = authenticator
                .register(page.options(), realm.origin())
                .origin(OTHER_ORIGIN)
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.FALSE_MODEL)
    void aClaimedModelWithoutAttestationIsRefusedWhenThePolicyListsModels(TestRealm realm) {
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessAttestationConveyancePreference",
                "direct",
                "webAuthnPolicyPasswordlessAcceptableAaguids",
                List.of(ACCEPTED_MAKE.toString())));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String claimed = new SoftwareAuthenticator(ACCEPTED_MAKE)
                .register(page.options(), realm.origin())
                .json();

        Page next = client.submitPasskey(page, claimed);

        RefusedCeremoniesIT.assertShownAgain(page, next);
        assertThat(next.error()).contains("not accepted here");
        assertThat(realm.eventsSoFar("UPDATE_CREDENTIAL_ERROR")).hasSize(1);
        assertThat(realm.passkeys(person)).isEmpty();
    }

    /** Keycloak stores any value from a realm file or from Terraform. */
    @Test
    @Shows(Threat.VAIN_RULE)
    void misspelledPolicyValuesAreReadStrictly(TestRealm realm) {
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessSignatureAlgorithms", List.of("ES-256", "RS256"),
                "webAuthnPolicyPasswordlessAttestationConveyancePreference", "dirct",
                "webAuthnPolicyPasswordlessUserVerificationRequirement", "requierd"));

        JsonNode asked = options(realm.newClient().openRegistration(realm.newPerson()));

        assertThat(asked.path("pubKeyCredParams"))
                .extracting(parameter -> parameter.path("alg").asInt())
                .containsExactly(-257);
        assertThat(asked.path("attestation").asText()).isEqualTo("direct");
        assertThat(asked.path("authenticatorSelection").path("userVerification").asText())
                .isEqualTo("required");
        assertThat(options(realm.newClient().openSignIn())
                        .path("userVerification")
                        .asText())
                .isEqualTo("required");
    }

    @Test
    @Shows(Threat.VAIN_RULE)
    void noPasskeyCanBeCreatedWhenThePolicyIsUnreadable(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page open = client.openRegistration(person);
        String made = authenticator.register(open.options(), realm.origin()).json();
        realm.change(Map.of("webAuthnPolicyPasswordlessAuthenticatorAttachment", "crossplatform"));

        assertNoPasskeyCanBeMade(client.submitPasskey(open, made), realm);
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessAuthenticatorAttachment",
                "not specified",
                "webAuthnPolicyPasswordlessSignatureAlgorithms",
                List.of("ES-256")));
        assertNoPasskeyCanBeMade(realm.newClient().openRegistration(person), realm);
        assertThat(realm.passkeys(person)).isEmpty();
        assertThat(realm.newClient().openSignIn().hasPasskeyForm()).isTrue();
    }

    private static void assertNoPasskeyCanBeMade(Page page, TestRealm realm) {
        assertThat(page.hasPasskeyForm()).isFalse();
        assertThat(page.error()).contains("No passkey can be created here at present");
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "policy-unreadable");
    }

    /**
     * {@link java.net.URI#getHost()} does not know such a host, and Keycloak 26.4 loses it. Without the slash at the end,
     * Keycloak 26.4 answers every page of the realm with an error of its own.
     */
    @ParameterizedTest
    @CsvSource({
        "https://key_cloak.example.com/, key_cloak.example.com",
        "https://Key_Cloak.example.com:8443/, key_cloak.example.com",
        "https://bücher.example/, xn--bcher-kva.example"
    })
    void aHostThatBrowsersKnowCanHavePasskeys(String frontendUrl, String rpId, TestRealm realm) {
        Person person = realm.newPerson();
        realm.change(Map.of("attributes", Map.of("frontendUrl", frontendUrl)));
        WebClient client = realm.newClient();

        Page page = client.openSignIn();

        assertThat(page.option("rpId").asText()).isEqualTo(rpId);
        assertThat(client.submitPassword(page, person).isBackAtApp()).isTrue();
    }

    /** Keycloak stores any text of a realm file. */
    @ParameterizedTest
    @ValueSource(strings = {"passkey-username-password-form", "passkey-authenticator"})
    void aRealmWithoutARelyingPartyIdHasNoPasskeysAndItsPasswordsWork(String step, TestRealm server) {
        TestRealm realm = server.imported(
                "password-and-passkey", file -> file.put("webAuthnPolicyPasswordlessRpId", "https://example.com"));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        if (step.equals("passkey-authenticator")) {
            realm.signInWith(Step.required(step));
        }

        Page page = client.openSignIn();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.hasPasskeyForm()).isFalse();
        if (page.hasPasswordForm()) {
            assertThat(client.submitPassword(page, person).isBackAtApp()).isTrue();
        } else {
            assertThat(page.error()).contains("Passkeys can’t be used here at present");
        }
        assertThat(realm.newClient().openSignIn().status()).isEqualTo(200);
    }

    @Test
    void aTextThatCanBeNoRelyingPartyIdIsRefusedWhenItIsSaved(TestRealm server) {
        TestRealm realm = server.imported(
                "password-and-passkey", file -> file.put("webAuthnPolicyPasswordlessRpId", "https://example.com"));

        save(realm, "displayName", TextNode.valueOf("Other settings can be saved"));
        assertThatThrownBy(() -> save(realm, "webAuthnPolicyPasswordlessRpId", TextNode.valueOf("*.example.com")))
                .hasMessageContaining(" 400 ")
                .hasMessageContaining("Relying party ID: “*.example.com” is no relying party ID");
        ArrayNode origins = new ObjectMapper().createArrayNode().add("https://shop.example.com/cart");
        assertThatThrownBy(() -> save(realm, "webAuthnPolicyPasswordlessExtraOrigins", origins))
                .hasMessageContaining(" 400 ")
                .hasMessageContaining("Extra Origins: “https://shop.example.com/cart” is no origin");
        save(realm, "webAuthnPolicyPasswordlessRpId", TextNode.valueOf("LOCALHOST"));

        assertThat(realm.newClient().openSignIn().option("rpId").asText()).isEqualTo("localhost");
    }

    /** As the admin console does, which saves the whole realm. */
    private static void save(TestRealm realm, String setting, JsonNode value) {
        realm.admin().put("", ((ObjectNode) realm.admin().get("")).set(setting, value));
    }

    @Test
    void thePolicyCanSwitchAutofillOff(TestRealm realm) {
        assertThat(mediation(realm)).isEqualTo("conditional");
        realm.change(Map.of("webAuthnPolicyPasswordlessMediation", "optional"));
        assertThat(mediation(realm)).isEqualTo("optional");
    }

    private static String mediation(TestRealm realm) {
        return realm.newClient().openSignIn().document().select("#passkey-form").attr("data-mediation");
    }

    private static JsonNode options(Page page) {
        try {
            return new ObjectMapper().readTree(page.options());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
