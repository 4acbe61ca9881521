package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.CeremonyApi;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.TestRealm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ceremonies through a REST resource, which has no page, no form and no authentication session. */
@KeycloakTest
class CeremonyWithoutPageIT {

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    private TestRealm realm;
    private CeremonyApi api;
    private Person user;

    @BeforeEach
    void aUserAndTheResource(TestRealm realm) {
        this.realm = realm;
        api = new CeremonyApi(realm);
        user = realm.newPerson();
    }

    private JsonNode register() {
        JsonNode opened = api.open("registration", user.id());
        return api.judge(
                "registration",
                opened,
                user.id(),
                authenticator
                        .register(opened.path("options").asText(), realm.origin())
                        .json());
    }

    private String responseTo(JsonNode opened) {
        return authenticator
                .authenticate(opened.path("options").asText(), realm.origin())
                .json();
    }

    @Test
    void aPasskeyIsRegisteredAndSignsInWithoutAPage() {
        JsonNode registered = register();
        assertThat(registered.path("accepted").asText()).isEqualTo("stored");
        assertThat(realm.passkeys(user)).hasSize(1);

        JsonNode opened = api.open("sign-in", "");
        JsonNode signedIn = api.judge("sign-in", opened, "", responseTo(opened));

        assertThat(signedIn.path("accepted").asText()).isEqualTo(user.id());
        assertThat(signedIn.path("evidence").path("credential_type").asText()).isEqualTo("passkey");
        assertThat(signedIn.path("evidence").path("user_verified").asText()).isEqualTo("true");
    }

    @Test
    void aUserWhoMustVerifyAnEmailAddressGetsNoRegistration() {
        realm.change(user, changed -> changed.put("emailVerified", false));
        realm.require(user, "VERIFY_EMAIL");

        assertThat(api.open("registration", user.id()).path("obstacle").asText())
                .isEqualTo("EMAIL_NOT_VERIFIED");
    }

    @Test
    void aKnownUserIsOfferedTheirOwnPasskeys() {
        register();

        JsonNode opened = api.open("sign-in", user.id());

        assertThat(opened.path("options").asText())
                .contains(authenticator.newest().id());
        assertThat(api.judge("sign-in", opened, user.id(), responseTo(opened))
                        .path("accepted")
                        .asText())
                .isEqualTo(user.id());
    }

    @Test
    @Shows(Threat.REPLAY)
    void aResponseServesOneLoginOnce() {
        register();
        JsonNode opened = api.open("sign-in", "");
        String response = responseTo(opened);
        api.judge("sign-in", opened, "", response);

        assertThat(api.judge("sign-in", opened, "", response).path("refused").asText())
                .isEqualTo("challenge-expired");
        assertThat(api.judge("sign-in", api.open("sign-in", ""), "", response)
                        .path("refused")
                        .asText())
                .isEqualTo("challenge-mismatch");
    }

    @Test
    void aRefusalGivesItsReason() {
        JsonNode opened = api.open("sign-in", "");

        assertThat(api.judge("sign-in", opened, "", "no JSON").path("refused").asText())
                .isEqualTo("response-unreadable");
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aResponseWithAnUnknownPasskeyIsRefusedAsOneWithAWrongSignature() {
        register();
        realm.deleteCredential(user, realm.passkeys(user).get(0));
        JsonNode opened = api.open("sign-in", "");

        assertThat(api.judge("sign-in", opened, "", responseTo(opened))
                        .path("refused")
                        .asText())
                .isEqualTo("signature-invalid");
    }

    @Test
    void theOwnerOfADisabledAccountIsRefusedAfterTheSignatureWasVerified() {
        register();
        realm.change(user, changed -> changed.put("enabled", false));
        JsonNode opened = api.open("sign-in", "");

        JsonNode refused = api.judge("sign-in", opened, "", responseTo(opened));

        assertThat(refused.path("refused").asText()).isEqualTo("user-disabled");
        assertThat(refused.path("evidence").path("user_verified").asText()).isEqualTo("true");
    }
}
