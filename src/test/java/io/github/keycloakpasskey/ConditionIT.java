package io.github.keycloakpasskey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.BrowserTest;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.OneTimeCodes;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestBrowser;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A flow that branches on the condition {@code conditional-user-has-passkey}. After the username, users with a passkey
 * that counts are asked for it alone. All other users are asked for their password.
 */
@BrowserTest
class ConditionIT {

    private static final Map<String, String> ANY = Map.of();
    private static final Map<String, String> DEVICE_BOUND = Map.of("kind", "device-bound");
    private static final Map<String, String> VERIFIED_WITHIN_30_DAYS = Map.of("verified-within", "30");
    private static final Duration PRECISION = Duration.ofMinutes(5);

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @Test
    void usersWithAPasskeyAreAskedForItAndOthersForTheirPassword(TestRealm realm) {
        Person withPasskey = realm.newPerson();
        realm.newClient().register(withPasskey, authenticator);
        Person withoutPasskey = realm.newPerson();
        branchOn(realm, ANY);

        assertThat(isAskedForThePasskey(realm, withPasskey.username())).isTrue();
        assertThat(isAskedForThePasskey(realm, withoutPasskey.username())).isFalse();

        WebClient client = realm.newClient();
        assertThat(client.signIn(ask(client, withPasskey.username()), authenticator)
                        .isBackAtApp())
                .isTrue();
        WebClient other = realm.newClient();
        Page password = ask(other, withoutPasskey.username());
        assertThat(other.submit(password, "#kc-form-login", Map.of("password", withoutPasskey.password()))
                        .isBackAtApp())
                .isTrue();
    }

    @Test
    void anUnknownUsernameIsAskedForAPassword(TestRealm realm) {
        String nobody = "ada-" + UUID.randomUUID();
        branchOn(realm, ANY);
        WebClient client = realm.newClient();

        Page page = ask(client, nobody);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.hasPasswordForm()).isTrue();
        Page refused = client.submit(page, "#kc-form-login", Map.of("password", "a guess"));

        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.error()).isNotBlank();
    }

    @Test
    void aSyncablePasskeyDoesNotCountWhenTheConditionRequiresDeviceBound(TestRealm realm) {
        Person synced = realm.newPerson();
        register(realm, synced, Flag.BACKUP_ELIGIBLE);
        Person deviceBound = realm.newPerson();
        register(realm, deviceBound);
        branchOn(realm, DEVICE_BOUND);

        assertThat(isAskedForThePasskey(realm, synced.username())).isFalse();
        assertThat(isAskedForThePasskey(realm, deviceBound.username())).isTrue();

        branchOn(realm, ANY);
        assertThat(isAskedForThePasskey(realm, synced.username())).isTrue();
    }

    @Test
    void aStalePasskeyCountsAgainAfterASignInWithUserVerification(TestRealm realm) {
        Person stale = imported(realm, Duration.ofDays(90), data -> {
            data.put("lastVerified", daysAgo(31));
            data.put("lastUsed", System.currentTimeMillis());
        });
        branchOn(realm, VERIFIED_WITHIN_30_DAYS);
        assertThat(isAskedForThePasskey(realm, stale.username())).isFalse();

        WebClient client = realm.newClient();
        assertThat(client.signIn(ask(client, stale.username()), authenticator).isBackAtApp())
                .isTrue();

        assertThat(isAskedForThePasskey(realm, stale.username())).isTrue();
        assertThat(lastVerified(realm, stale)).isAfter(Instant.now().minus(PRECISION));
    }

    @Test
    void aSignInWithoutUserVerificationLeavesAPasskeyStale(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessUserVerificationRequirement", "preferred"));
        long before = daysAgo(31);
        Person stale = imported(realm, Duration.ofDays(90), data -> data.put("lastVerified", before));
        branchOn(realm, VERIFIED_WITHIN_30_DAYS);

        WebClient client = realm.newClient();
        Page page = ask(client, stale.username());
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .clear(Flag.USER_VERIFIED)
                .json();
        assertThat(client.submitPasskey(page, answer).isBackAtApp()).isTrue();

        assertThat(lastVerified(realm, stale)).isEqualTo(Instant.ofEpochMilli(before));
        assertThat(isAskedForThePasskey(realm, stale.username())).isFalse();
    }

    @Test
    void aNewPasskeyCountsAsVerifiedOnlyIfItsRegistrationVerifiedTheUser(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessUserVerificationRequirement", "preferred"));
        Person verified = realm.newPerson();
        register(realm, verified);
        Person notVerified = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(notVerified);
        String made = authenticator
                .register(page.options(), realm.origin())
                .clear(Flag.USER_VERIFIED)
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();
        branchOn(realm, VERIFIED_WITHIN_30_DAYS);

        assertThat(isAskedForThePasskey(realm, verified.username())).isTrue();
        assertThat(isAskedForThePasskey(realm, notVerified.username())).isFalse();
    }

    /** An older version, which did not record the last user verification, stored these passkeys. */
    @Test
    void anOldRecordWithoutALastVerificationCountsFromItsRegistration(TestRealm realm) {
        Consumer<ObjectNode> ofBefore = data -> data.remove("lastVerified");
        Person young = imported(realm, Duration.ofDays(29), ofBefore);
        Person old = imported(realm, Duration.ofDays(31), ofBefore);
        Person never = imported(realm, Duration.ofDays(29), ofBefore.andThen(data -> data.put("userVerified", false)));
        branchOn(realm, VERIFIED_WITHIN_30_DAYS);

        assertThat(isAskedForThePasskey(realm, young.username())).isTrue();
        assertThat(isAskedForThePasskey(realm, old.username())).isFalse();
        assertThat(isAskedForThePasskey(realm, never.username())).isFalse();
    }

    /**
     * An import can contain settings that the admin console refuses to save. An unreadable condition then requires more
     * steps, never fewer.
     */
    @Test
    @Shows(Threat.VAIN_RULE)
    void aConditionWithUnreadableSettingsAppliesToEveryUser(TestRealm server) {
        TestRealm realm = server.imported("second-factor-if-any", file -> file.withArray("authenticatorConfig")
                .forEach(settings -> ((ObjectNode) settings.path("config")).put("verified-within", "a month")));
        Person withPasskey = realm.newPerson();
        realm.newClient().register(withPasskey, authenticator);
        realm.change(withPasskey, user -> user.putArray("credentials").addPOJO(OneTimeCodes.CREDENTIAL));
        Person withNeither = realm.newPerson();

        WebClient client = realm.newClient();
        Page hasOne = client.submitPassword(client.openSignIn(), withPasskey);
        assertThat(hasOne.ceremony()).isEqualTo("authentication");
        Page hasNone = client.signIn(hasOne, authenticator);
        assertThat(hasNone.has("#otp")).isTrue();

        WebClient other = realm.newClient();
        assertThat(other.submitPassword(other.openSignIn(), withNeither).ceremony())
                .isEqualTo("registration");
    }

    @Test
    void inABrowserTheConditionChoosesBetweenPasskeyAndPassword(TestRealm realm, TestBrowser browser) {
        Person withPasskey = realm.newPerson();
        Person withoutPasskey = realm.newPerson();
        browser.register(realm, withPasskey);
        branchOn(realm, ANY);

        typeName(realm, browser, withPasskey);
        assertThat(browser.page().locator("#password")).hasCount(0);
        browser.usePasskey();
        assertThat(browser.awaitUsername(realm)).isEqualTo(withPasskey.username());

        browser.forgetSessions();
        typeName(realm, browser, withoutPasskey);
        browser.page().fill("#password", withoutPasskey.password());
        browser.page().click("#kc-login");
        assertThat(browser.awaitUsername(realm)).isEqualTo(withoutPasskey.username());
    }

    private static void branchOn(TestRealm realm, Map<String, String> whatCounts) {
        Map<String, String> whoHasNone = new HashMap<>(whatCounts);
        whoHasNone.put("user-has", "none");
        realm.signInWith(
                Step.required("passkey-username-form"),
                Step.conditional(condition(whatCounts), Step.required("passkey-authenticator")),
                Step.conditional(condition(whoHasNone), Step.required("passkey-username-password-form")));
    }

    private static Step condition(Map<String, String> settings) {
        return Step.required("conditional-user-has-passkey").with(settings);
    }

    private static boolean isAskedForThePasskey(TestRealm realm, String name) {
        Page page = ask(realm.newClient(), name);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.hasPasskeyForm() || page.hasPasswordForm()).isTrue();
        return !page.hasPasswordForm();
    }

    private static Page ask(WebClient client, String name) {
        return client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", name));
    }

    private static void typeName(TestRealm realm, TestBrowser browser, Person person) {
        browser.openSignIn(realm, Map.of());
        browser.page().fill("#username", person.username());
        browser.page().click("#kc-login");
    }

    private void register(TestRealm realm, Person person, Flag... flags) {
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String made = authenticator
                .register(page.options(), realm.origin())
                .set(flags)
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();
    }

    /** A user with an imported passkey that has the given age and changed members. */
    private Person imported(TestRealm realm, Duration age, Consumer<ObjectNode> change) {
        Person first = realm.newPerson();
        realm.newClient().register(first, authenticator);
        StoredPasskey made = realm.passkeys(first).get(0);
        realm.deleteCredential(first, made);
        ObjectNode data = made.data().deepCopy();
        change.accept(data);
        return realm.newPerson(List.of(Map.of(
                "type",
                "passkey",
                "createdDate",
                Long.toString(Instant.now().minus(age).toEpochMilli()),
                "secretData",
                "{}",
                "credentialData",
                data.toString())));
    }

    private static long daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days)).toEpochMilli();
    }

    private static Instant lastVerified(TestRealm realm, Person person) {
        return Instant.ofEpochMilli(
                realm.passkeys(person).get(0).data().path("lastVerified").asLong());
    }
}
