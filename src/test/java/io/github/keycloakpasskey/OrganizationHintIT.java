package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.OnEachVersion;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anyone can suggest a user in the address of the sign-in page. */
@OnEachVersion
@KeycloakTest
class OrganizationHintIT {

    private TestRealm realm;

    @BeforeEach
    void aRealm(TestRealm realm) {
        this.realm = realm;
    }

    private void askForOrganizationFirst() {
        realm.change(Map.of("organizationsEnabled", true));
        realm.newOrganization("acme", "acme.example", realm.newPerson());
        realm.signInWith(
                Step.alternative(Step.conditional(
                        Step.required("conditional-user-configured"), Step.alternative("passkey-organization"))),
                Step.alternative(Step.required("passkey-username-password-form")));
    }

    @Test
    @Shows(Threat.ACCOUNT_PROBE)
    void aSuggestedUserLooksTheSameWhetherOrNotThereIsSuchAUser() {
        Person withPasskey = realm.newPerson();
        realm.register(withPasskey, "phone");
        Person without = realm.newPerson();
        String unknown = "nobody-" + without.username();
        askForOrganizationFirst();

        assertThat(pageFor(withPasskey.username()))
                .isEqualTo(pageFor(without.username()))
                .isEqualTo(pageFor(unknown));
    }

    private String pageFor(String hint) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn(Map.of("login_hint", hint));
        boolean listsPasskeys = !page.options().contains("\"allowCredentials\":[]");
        return page.shape(hint) + listsPasskeys;
    }
}
