package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Mailbox;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Ways by which an attacker got or kept a passkey, or got past one. All of them worked once. */
@KeycloakTest
class ProofAttacksIT {

    private static final Step CHOOSE = Step.required("reset-credentials-choose-user");
    private static final Step EMAIL = Step.required("reset-credential-email");
    private static final Step RESET_PASSKEY = Step.required("reset-passkey");
    private static final Step REMOVING = RESET_PASSKEY.with(Map.of("remove-older-passkeys", "true"));

    private final SoftwareAuthenticator stolen = new SoftwareAuthenticator();
    private final SoftwareAuthenticator owners = new SoftwareAuthenticator();
    private final SoftwareAuthenticator thiefs = new SoftwareAuthenticator();

    private TestRealm realm;

    @BeforeEach
    void realm(TestRealm realm) {
        this.realm = realm;
    }

    /** The thief has signed in with the stolen passkey, and waits on the page for which an app has asked. */
    @Test
    @Shows(Threat.THIEF_AFTER_RECOVERY)
    void aThiefWhoWaitedOnAPageDuringARecoveryGetsNoSession() {
        Mailbox mailbox = realm.mailbox();
        realm.recoverWith(CHOOSE, EMAIL, REMOVING);
        Person person = victim();
        WebClient thief = realm.newClient();
        thief.signIn(thief.openSignIn(), stolen);
        Page open = thief.openSignIn(Map.of("kc_action", "passkey-register"));
        WebClient owner = realm.newClient();
        assertThat(create(owner, follow(owner, mailbox, person), owners).isBackAtApp())
                .isTrue();

        Page after = thief.submit(open, "#passkey-form", Map.of("cancel-aia", "true"));

        assertThat(after.isBackAtApp()).isFalse();
        assertThat(after.hasPasswordForm()).isTrue();
    }

    @RepeatedTest(5)
    @Shows(Threat.THIEF_AFTER_RECOVERY)
    void aPasskeyThatAThiefCreatesAtTheMomentOfARecoveryDoesNotSurvive() throws Exception {
        Mailbox mailbox = realm.mailbox();
        realm.recoverWith(CHOOSE, EMAIL, REMOVING);
        Person person = victim();
        WebClient thief = realm.newClient();
        thief.signIn(thief.openSignIn(), stolen);
        Page open = thief.openSignIn(Map.of("kc_action", "passkey-register"));
        WebClient owner = realm.newClient();
        Page recovery = follow(owner, mailbox, person);

        AtOnce.send(List.of(() -> create(thief, open, thiefs), () -> create(owner, recovery, owners)));

        assertThat(realm.passkeys(person)).singleElement().satisfies(stored -> assertThat(
                        stored.data().path("credentialId").asText())
                .isEqualTo(owners.newest().id()));
    }

    @Test
    void aSignUpWithoutPasswordCreatesItsPasskeyWherePasskeysAreAHigherLevel() {
        stepUp();
        realm.signUpWith(Step.required("registration-user-creation"), Step.required("registration-passkey-action"));
        Person person = realm.nobodyYet();
        WebClient client = realm.newClient();
        Page form = client.click(client.openSignIn(), "a[href*=registration]");

        Page page = client.submit(
                form,
                "#kc-register-form",
                Map.of("username", person.username(), "email", person.email(), "firstName", "A", "lastName", "B"));

        assertThat(page.ceremony()).isEqualTo("registration");
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aStepThatRequiresAPasskeyIsNotPassedWithoutOneWhereTheAddressCannotBeVerified() {
        realm.signInWith(Step.required("auth-username-password-form"), Step.required("passkey-authenticator"));
        realm.change(Map.of("verifyEmail", true));
        realm.changeRequiredAction("VERIFY_EMAIL", "enabled", false);
        Person person = realm.newPerson();
        realm.change(person, user -> user.put("emailVerified", false));
        WebClient client = realm.newClient();

        Page end = client.submitPassword(client.openSignIn(), person);

        assertThat(end.isBackAtApp()).isFalse();
        assertThat(end.status()).isEqualTo(400);
    }

    @Test
    @Shows(Threat.SECOND_FACTOR_BY_FIRST)
    void aPasswordResetDoesNotLeadToAPasskeyOfTheHigherLevel() {
        Mailbox mailbox = realm.mailbox();
        stepUp();
        Person person = victim();
        WebClient thief = realm.newClient();
        ask(thief, thief.openSignIn(Map.of("kc_action", "passkey-register")), person);
        Page page = thief.open(mailbox.awaitLink(person));

        Page next = thief.submit(
                page, "#kc-passwd-update-form", Map.of("password-new", "another", "password-confirm", "another"));

        assertThat(next.has("[data-ceremony=registration]")).isFalse();
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    @Shows(Threat.REPLAY)
    void aRecoveryLinkThatWasOpenedInTwoBrowsersCreatesOnePasskey() {
        Mailbox mailbox = realm.mailbox();
        realm.recoverWith(CHOOSE, EMAIL, RESET_PASSKEY);
        Person person = victim();
        WebClient one = realm.newClient();
        ask(one, one.openSignIn(), person);
        URI link = mailbox.awaitLink(person);
        WebClient other = realm.newClient();
        Page first = one.open(link);
        Page second = other.open(link);

        assertThat(create(one, first, owners).isBackAtApp()).isTrue();
        Page refused = create(other, second, thiefs);

        assertThat(refused.isBackAtApp()).isFalse();
        assertThat(realm.passkeys(person)).hasSize(2);
    }

    private void stepUp() {
        realm.signInWith(
                Step.conditional(level(1), Step.required("auth-username-password-form")),
                Step.conditional(level(2), Step.required("passkey-authenticator")));
    }

    private static Step level(int level) {
        return Step.required("conditional-level-of-authentication")
                .with(Map.of("loa-condition-level", String.valueOf(level), "loa-max-age", "300"));
    }

    private Person victim() {
        Person person = realm.newPerson();
        realm.newClient().register(person, stolen);
        return person;
    }

    private Page create(WebClient client, Page page, SoftwareAuthenticator with) {
        return client.submitPasskey(
                page, with.register(page.options(), realm.origin()).json());
    }

    private void ask(WebClient client, Page signIn, Person person) {
        Page page = client.click(signIn, "a[href*=reset-credentials]");
        client.submit(page, "#kc-reset-password-form", Map.of("username", person.username()));
    }

    private Page follow(WebClient client, Mailbox mailbox, Person person) {
        ask(client, client.openSignIn(), person);
        return client.open(mailbox.awaitLink(person));
    }
}
