package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usernames that are entered, or passed in the address, on the organization page. */
@BrowserTest
class OrganizationNamesIT {

    private static final Map<String, String> ANY_ORGANIZATION = Map.of("scope", "openid organization");
    private static final Step BOTH = Step.alternative("passkey-username-password-form");

    private final SoftwareAuthenticator strangers = new SoftwareAuthenticator();
    private final String one = "one-" + UUID.randomUUID();
    private final String two = "two-" + UUID.randomUUID();

    private TestRealm realm;
    private Person member;
    private Person stranger;

    @BeforeEach
    void aMemberOfTwoOrganizations(TestRealm realm) {
        this.realm = realm;
        member = realm.newPerson();
        stranger = realm.newPerson();
        realm.newClient().register(stranger, strangers);
        realm.change(Map.of("failureFactor", 2, "organizationsEnabled", true));
        realm.newOrganization(one, one + ".example", member);
        realm.newOrganization(two, two + ".example", member);
        realm.signInWith(Step.alternative("passkey-organization"), BOTH);
    }

    /** The username posted together with the choice of an organization must not change whose password is checked. */
    @Test
    @Shows(Threat.UNCOUNTED_GUESS)
    void wrongPasswordsAreCountedForTheUserWhosePasswordIsChecked() {
        WebClient client = realm.newClient();
        Page choice = client.submit(
                client.openSignIn(ANY_ORGANIZATION), "#kc-form-login", Map.of("username", member.username()));
        Page page = client.submitOnly(choice, "form", Map.of("kc.org", one, "username", "nobody-" + UUID.randomUUID()));

        for (int i = 0; i < 2; i++) {
            page = client.submit(page, "#kc-form-login", Map.of("password", "wrong"));
        }

        realm.assertFailuresCounted(member, 2);
        Page end = client.submit(page, "#kc-form-login", Map.of("password", member.password()));
        assertThat(end.isBackAtApp()).isFalse();
    }

    @Test
    void aMemberWhoChoosesAnOrganizationSignsInWithThePassword() {
        WebClient client = realm.newClient();
        Page choice = client.submit(
                client.openSignIn(ANY_ORGANIZATION), "#kc-form-login", Map.of("username", member.username()));
        Page page = client.submitOnly(choice, "form", Map.of("kc.org", two));

        Page end = client.submit(page, "#kc-form-login", Map.of("password", member.password()));

        assertThat(client.idToken(end).path("sub").asText()).isEqualTo(member.id());
    }

    /**
     * Keycloak's form needs a user. After this step the username therefore sets the login's user, as after Keycloak's
     * own step.
     */
    @Test
    void keycloaksPasswordFormWorksAfterTheOrganizationStep() {
        realm.signInWith(Step.alternative("passkey-organization"), Step.alternative("auth-username-password-form"));
        WebClient client = realm.newClient();
        Page page = client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", stranger.username()));

        Page end = client.submit(page, "#kc-form-login", Map.of("password", stranger.password()));

        assertThat(end.isBackAtApp()).isTrue();
    }

    @Test
    void keycloaksPasswordFormAndAPasskeyWorkAfterTheOrganizationStep() {
        realm.signInWith(
                Step.alternative("passkey-organization"),
                Step.alternative(Step.required("auth-username-password-form"), Step.required("passkey-authenticator")));
        WebClient client = realm.newClient();
        Page page = client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", stranger.username()));
        Page passkey = client.submit(page, "#kc-form-login", Map.of("password", stranger.password()));

        assertThat(client.signIn(passkey, strangers).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.UNNOTICED)
    void theEventNamesTheSignedInUserAndNotThePostedUsername() {
        realm.forgetEvents();
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        String answer = strangers.authenticate(page.options(), realm.origin()).json();

        client.submit(page, "#passkey-form", Map.of("passkeyResponse", answer, "username", member.username()));

        assertThat(realm.awaitEvent("LOGIN", stranger)
                        .path("details")
                        .path("username")
                        .asText())
                .isEqualTo(stranger.username());
    }

    /** Opening an address without entering anything is not a failed sign-in. */
    @Test
    @Shows(Threat.LOCK_OUT)
    void aLoginHintIsNotCountedAsAFailedSignIn() {
        realm.signInWith(Step.alternative("passkey-organization").with(Map.of("requiresUserMembership", "true")), BOTH);

        for (int i = 0; i < 3; i++) {
            realm.newClient()
                    .openSignIn(Map.of("login_hint", stranger.username(), "scope", "openid organization:" + one));
        }

        realm.assertFailuresCounted(stranger, 0);
    }
}
