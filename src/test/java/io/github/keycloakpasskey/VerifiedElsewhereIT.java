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
import org.junit.jupiter.api.Test;

/** An attacker signs up with another user's e-mail address, and waits until that user has verified it. */
@OnEachVersion
@KeycloakTest
class VerifiedElsewhereIT {

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aSignUpThatWaitedForAVerificationElsewhereStoresNoPasskey(TestRealm realm) {
        realm.mailbox();
        realm.change(Map.of("verifyEmail", true));
        realm.changeRequiredAction("UPDATE_PROFILE", "defaultAction", true);
        realm.signUpWith(Step.required("registration-user-creation"), Step.required("registration-passkey-action"));
        Person person = realm.nobodyYet();
        Map<String, String> profile = Map.of(
                "username", person.username(), "email", person.email(), "firstName", "Ada", "lastName", "Example");
        WebClient client = realm.newClient();
        Page waiting =
                client.submit(client.click(client.openSignIn(), "a[href*=registration]"), "#kc-register-form", profile);
        assertThat(waiting.has("#kc-update-profile-form")).isTrue();
        Person signedUp = realm.find(person).orElseThrow();
        realm.change(signedUp, user -> user.put("emailVerified", true)
                .putArray("requiredActions")
                .add("UPDATE_PROFILE")
                .add("passkey-register"));

        Page next = client.submit(waiting, "#kc-update-profile-form", profile);

        assertThat(next.has("[data-ceremony=registration]")).isFalse();
        assertThat(next.isBackAtApp()).isFalse();
        // Keycloak restarts the login since 26.7; before, this extension refuses it.
        assertThat(next.has("#kc-form-login") || next.status() == 400).isTrue();
        assertThat(realm.passkeys(signedUp)).isEmpty();
    }
}
