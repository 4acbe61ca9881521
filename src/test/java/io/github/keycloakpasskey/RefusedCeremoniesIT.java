package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.AuthenticationCeremony;
import io.github.keycloakpasskey.testbed.Await;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.RegistrationCeremony;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ceremonies that an honest browser and authenticator never produce. The server refuses each with a readable message
 * and an event with the reason, and changes nothing. The page still works afterwards.
 */
@KeycloakTest
class RefusedCeremoniesIT {

    private static final String ELSEWHERE = "https://elsewhere.example";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    record SignIn(String what, String reason, UnaryOperator<AuthenticationCeremony> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<SignIn> signIns() {
        return Stream.of(
                new SignIn(
                        "a tampered signature",
                        "signature-invalid",
                        it -> it.signature(RefusedCeremoniesIT::flipLastBit)),
                new SignIn("an empty signature", "signature-invalid", it -> it.signature(signature -> new byte[0])),
                new SignIn("another ceremony's challenge", "challenge-mismatch", it -> it.challenge("b3RoZXI")),
                new SignIn("the type of a registration", "ceremony-type-mismatch", it -> it.type("webauthn.create")),
                new SignIn("another origin", "origin-not-allowed", it -> it.origin(ELSEWHERE)),
                new SignIn("another relying party", "rp-id-mismatch", it -> it.rpId("elsewhere.example")),
                new SignIn("nobody present", "user-not-present", it -> it.clear(Flag.USER_PRESENT)),
                new SignIn("nobody verified", "user-not-verified", it -> it.clear(Flag.USER_VERIFIED)),
                new SignIn("backed up, not eligible", "backup-flags-invalid", it -> it.set(Flag.BACKED_UP)),
                new SignIn(
                        "bytes after the authenticator data",
                        "authenticator-data-unreadable",
                        it -> it.authenticatorData(data -> Arrays.copyOf(data, data.length + 1))),
                new SignIn(
                        "client data that is not JSON",
                        "client-data-unreadable",
                        it -> it.clientData(data -> "no JSON".getBytes(StandardCharsets.UTF_8))),
                new SignIn(
                        "the handle of somebody else",
                        "user-handle-mismatch",
                        it -> it.userHandle("somebody else".getBytes(StandardCharsets.UTF_8))),
                new SignIn("no user handle", "user-handle-mismatch", AuthenticationCeremony::withoutUserHandle),
                new SignIn("an unknown passkey", "credential-unknown", it -> it.credentialId(new byte[32])));
    }

    @ParameterizedTest
    @MethodSource("signIns")
    @Shows({
        Threat.LOOK_ALIKE_SITE,
        Threat.FORGED_ANSWER,
        Threat.UNNOTICED,
        Threat.FOREIGN_PASSKEY,
        Threat.STOLEN_DEVICE,
        Threat.CONTRADICTORY_FLAGS
    })
    void aManipulatedSignInIsRefusedWithItsReason(SignIn attempt, TestRealm realm) {
        assertSignInRefused(realm, authenticator, attempt.reason(), attempt.change());
    }

    /**
     * Asserts that a response with this change is refused for this reason and changes nothing, and that the next one
     * succeeds.
     */
    static void assertSignInRefused(
            TestRealm realm,
            SoftwareAuthenticator authenticator,
            String reason,
            UnaryOperator<AuthenticationCeremony> change) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient first = realm.newClient();
        assertThat(first.signIn(first.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
        assertThat(realm.passkeys(person).get(0).data().path("signCount").asLong())
                .isEqualTo(1);
        List<StoredPasskey> before = realm.passkeys(person);

        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        AuthenticationCeremony ceremony =
                authenticator.authenticate(page.options(), realm.origin()).with(authenticator.newest());
        Page next = client.submitPasskey(page, change.apply(ceremony).json());

        assertShownAgain(page, next);
        assertThat(next.hasPasswordForm()).isTrue();
        JsonNode event = realm.awaitRefusal("LOGIN_ERROR", reason);
        assertThat(event.path("details").path("credential_type").asText()).isEqualTo("passkey");
        assertThat(realm.passkeys(person)).isEqualTo(before);
        assertThat(realm.eventsSoFar("LOGIN"))
                .as("sign-ins besides the first two")
                .hasSize(2);

        String retry = authenticator
                .authenticate(next.options(), realm.origin())
                .signCount(5)
                .json();
        assertThat(client.submitPasskey(next, retry).isBackAtApp()).isTrue();
    }

    record Registration(String what, String reason, UnaryOperator<RegistrationCeremony> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Registration> registrations() {
        return Stream.of(
                new Registration("another ceremony's challenge", "challenge-mismatch", it -> it.challenge("b3RoZXI")),
                new Registration("the type of a sign-in", "ceremony-type-mismatch", it -> it.type("webauthn.get")),
                new Registration("another origin", "origin-not-allowed", it -> it.origin(ELSEWHERE)),
                new Registration("another relying party", "rp-id-mismatch", it -> it.rpId("elsewhere.example")),
                new Registration("nobody present", "user-not-present", it -> it.clear(Flag.USER_PRESENT)),
                new Registration("nobody verified", "user-not-verified", it -> it.clear(Flag.USER_VERIFIED)),
                new Registration("backed up, not eligible", "backup-flags-invalid", it -> it.set(Flag.BACKED_UP)),
                new Registration("no new key", "authenticator-data-unreadable", it -> it.clear(Flag.ATTESTED_DATA)),
                new Registration(
                        "a credential id of 1024 bytes",
                        "credential-id-invalid",
                        it -> it.credentialId(new byte[1024])),
                new Registration(
                        "an attestation that somebody else signed",
                        "attestation-invalid",
                        it -> it.attestation(Attestation.PACKED_SELF_WRONG_SIGNATURE)));
    }

    @ParameterizedTest
    @MethodSource("registrations")
    @Shows({Threat.LOOK_ALIKE_SITE, Threat.UNNOTICED, Threat.FALSE_MODEL, Threat.CONTRADICTORY_FLAGS})
    void aManipulatedRegistrationIsRefusedWithItsReason(Registration attempt, TestRealm realm) {
        assertRegistrationRefused(realm, authenticator, attempt.reason(), attempt.change());
    }

    /**
     * Asserts that a response with this change is refused for this reason and stores nothing, and that the next one
     * succeeds.
     */
    static void assertRegistrationRefused(
            TestRealm realm,
            SoftwareAuthenticator authenticator,
            String reason,
            UnaryOperator<RegistrationCeremony> change) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        RegistrationCeremony ceremony =
                authenticator.register(page.options(), realm.origin()).algorithm(Algorithm.ES256);

        Page next = client.submitPasskey(page, change.apply(ceremony).json());

        assertShownAgain(page, next);
        JsonNode event = realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", reason);
        assertThat(event.path("userId").asText()).isEqualTo(person.id());
        assertThat(event.path("details").path("credential_type").asText()).isEqualTo("passkey");
        assertThat(realm.passkeys(person)).isEmpty();

        String retry = authenticator.register(next.options(), realm.origin()).json();
        assertThat(client.submitPasskey(next, retry).isBackAtApp()).isTrue();
        assertThat(realm.passkeys(person)).hasSize(1);
    }

    @Test
    @Shows(value = Threat.WEAK_KEY, steps = "§7.1 step 20, an algorithm that was not offered")
    void anAlgorithmThatWasNotOfferedIsRefused(TestRealm realm) {
        realm.change(Map.of("webAuthnPolicyPasswordlessSignatureAlgorithms", List.of("ES256")));
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);

        Page next = client.submitPasskey(
                page,
                authenticator
                        .register(page.options(), realm.origin())
                        .algorithm(Algorithm.RS256)
                        .json());

        assertShownAgain(page, next);
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "algorithm-not-offered");
        assertThat(realm.passkeys(person)).isEmpty();
    }

    @Test
    @Shows(Threat.REPLAY)
    void theChallengeOfAnOlderPageIsRefused(TestRealm realm) {
        realm.newClient().register(realm.newPerson(), authenticator);
        WebClient client = realm.newClient();
        Page older = client.openSignIn();
        Page newer = client.reload(older);
        assertThat(challenge(newer)).isNotEqualTo(challenge(older));
        String answer =
                authenticator.authenticate(older.options(), realm.origin()).json();

        Page next = client.submitPasskey(newer, answer);

        assertShownAgain(newer, next);
        realm.awaitRefusal("LOGIN_ERROR", "challenge-mismatch");
        assertThat(client.signIn(next, authenticator).isBackAtApp()).isTrue();
    }

    /** Keycloak itself rejects the form of an older page before the extension is called. */
    @Test
    @Shows(Threat.REPLAY)
    void theFormOfAnOlderPageDoesNotSignIn(TestRealm realm) {
        realm.newClient().register(realm.newPerson(), authenticator);
        WebClient client = realm.newClient();
        Page older = client.openSignIn();
        Page newer = client.reload(older);

        Page next = client.submitPasskey(
                older,
                authenticator.authenticate(older.options(), realm.origin()).json());

        assertThat(next.status()).isEqualTo(200);
        assertThat(next.hasPasskeyForm()).isTrue();
        assertThat(challenge(next)).isNotEqualTo(challenge(newer)).isNotEqualTo(challenge(older));
        assertThat(realm.eventsSoFar("LOGIN")).hasSize(1);
        assertThat(client.signIn(next, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.REPLAY)
    void aChallengeCannotBeUsedAgainAfterARefusal(TestRealm realm) {
        realm.newClient().register(realm.newPerson(), authenticator);
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        Page refused = client.submitPasskey(page, "refused");
        String answer =
                authenticator.authenticate(page.options(), realm.origin()).json();

        Page again = client.submitPasskey(refused, answer);

        assertShownAgain(refused, again);
        realm.awaitRefusal("LOGIN_ERROR", "challenge-mismatch");
        assertThat(client.signIn(again, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.REPLAY)
    void aFormCannotBePostedAgainAfterItWasAccepted(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String answer = authenticator.register(page.options(), realm.origin()).json();
        assertThat(client.submitPasskey(page, answer).isBackAtApp()).isTrue();
        List<StoredPasskey> stored = realm.passkeys(person);

        Page again = client.submitPasskey(page, answer);

        assertThat(again.status()).isLessThan(500);
        assertThat(again.parameter("code")).isEmpty();
        assertThat(realm.passkeys(person)).isEqualTo(stored).hasSize(1);

        WebClient other = realm.newClient();
        Page signInPage = other.openSignIn();
        String signIn =
                authenticator.authenticate(signInPage.options(), realm.origin()).json();
        assertThat(other.submitPasskey(signInPage, signIn).isBackAtApp()).isTrue();
        stored = realm.passkeys(person);
        assertThat(other.submitPasskey(signInPage, signIn).status()).isLessThan(500);
        assertThat(realm.passkeys(person)).isEqualTo(stored);
    }

    @Test
    @Shows(Threat.REPLAY)
    void aPostWithoutAnOpenChallengeIsRefused(TestRealm realm) {
        Person person = realm.newPerson();
        Person other = realm.newPerson();
        realm.newClient().register(other, authenticator);
        String options = realm.newClient().openSignIn().options();
        WebClient client = realm.newClient();
        assertThat(client.submitPassword(client.openSignIn(), person).isBackAtApp())
                .isTrue();
        Page knownWithoutPasskey = client.openSignIn(Map.of("prompt", "login"));
        assertThat(knownWithoutPasskey.hasPasskeyForm()).isFalse();

        Page next = client.submit(
                knownWithoutPasskey,
                "#kc-form-login",
                Map.of(
                        "passkeyResponse",
                        authenticator.authenticate(options, realm.origin()).json()));

        assertThat(next.status()).isEqualTo(200);
        assertThat(next.error()).contains("open too long");
        assertThat(next.hasPasswordForm()).isTrue();
        realm.awaitRefusal("LOGIN_ERROR", "challenge-expired");
        assertThat(client.submitPassword(next, person).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(value = Threat.FOREIGN_PASSKEY, steps = "§7.2 step 6, a passkey of another user")
    void aPasskeyOfAnotherUserIsRefusedForAKnownUser(TestRealm realm) {
        SoftwareAuthenticator mine = new SoftwareAuthenticator();
        Person person = realm.newPerson();
        realm.newClient().register(person, mine);
        realm.newClient().register(realm.newPerson(), authenticator);
        WebClient client = realm.newClient();
        client.signIn(client.openSignIn(), mine);
        Page page = client.openSignIn(Map.of("prompt", "login"));
        assertThat(page.options()).contains(mine.newest().id());

        Page next = client.submitPasskey(
                page,
                authenticator
                        .authenticate(page.options(), realm.origin())
                        .with(authenticator.newest())
                        .json());

        assertShownAgain(page, next);
        assertThat(next.error()).contains("another account");
        realm.awaitRefusal("LOGIN_ERROR", "user-mismatch");
        assertThat(client.signIn(next, mine).isBackAtApp()).isTrue();
    }

    @Test
    void aPostWithoutAResponseIsRefused(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page registration = client.openRegistration(person);

        Page next = client.submitOnly(registration, "#passkey-form", Map.of());

        assertShownAgain(registration, next);
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "response-unreadable");
        assertThat(realm.passkeys(person)).isEmpty();

        WebClient other = realm.newClient();
        Page signIn = other.openSignIn();
        Page shownAgain = other.submitOnly(signIn, "#passkey-form", Map.of());
        assertShownAgain(signIn, shownAgain);
        assertThat(realm.events("LOGIN_ERROR")).isNotEmpty();
    }

    @Test
    @Shows(value = Threat.SCRIPT, steps = "§7.1 step 2, an error of the browser")
    void errorsReportedByTheBrowserAreExplainedAndNotEchoed(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);

        Page next = client.submit(page, "#passkey-form", Map.of("passkeyError", "InvalidStateError"));
        assertShownAgain(page, next);
        assertThat(next.error()).contains("already holds a passkey");
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "client-already-registered");

        Page last = client.submit(next, "#passkey-form", Map.of("passkeyError", "<script>alert(1)</script>"));
        assertShownAgain(next, last);
        assertThat(last.document().html()).doesNotContain("alert(1)");
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "client-failed");
    }

    /** A temporary lock protects secrets that can be guessed. Otherwise anyone who enters wrong passwords keeps a user out. */
    @Test
    @Shows({Threat.BLOCKED_ACCOUNT, Threat.LOCK_OUT})
    void aVerifiedPasskeyAlonePassesATemporaryLock(TestRealm realm) {
        realm.change(Map.of(
                "bruteForceProtected", true,
                "failureFactor", 1,
                "waitIncrementSeconds", 3600,
                "maxFailureWaitSeconds", 3600));
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        // Before the lock, because Keycloak unlocks a user whom an administrator changes.
        realm.require(person, "UPDATE_PROFILE");
        realm.signInWith(
                Step.required("auth-username-password-form"),
                Step.required("passkey-authenticator").with(Map.of("user-verification", "preferred")));
        WebClient second = realm.newClient();
        Page secondFactor = second.submitPassword(second.openSignIn(), person);
        lock(realm, person);

        // The login has begun with the password, before the lock.
        assertLocked(realm, secondFactor, second.signIn(secondFactor, authenticator));
        assertThat(realm.newClient().statusOfDirectGrant(person)).isNotEqualTo(200);

        realm.signInWith(Step.required("passkey-authenticator").with(Map.of("user-verification", "preferred")));
        WebClient unverified = realm.newClient();
        Page page = unverified.openSignIn();
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .clear(Flag.USER_VERIFIED)
                .json();
        assertLocked(realm, page, unverified.submitPasskey(page, answer));

        realm.configure(Map.of("passes-temporary-lock", "false"));
        WebClient strict = realm.newClient();
        Page strictPage = strict.openSignIn();
        assertLocked(realm, strictPage, strict.signIn(strictPage, authenticator));

        realm.configure(Map.of("passes-temporary-lock", "true"));
        assertThat(isLocked(realm, person)).isTrue();
        WebClient client = realm.newClient();
        Page profile = client.signIn(client.openSignIn(), authenticator);
        assertThat(client.submit(profile, "#kc-update-profile-form", Map.of()).isBackAtApp())
                .isTrue();
    }

    private static void lock(TestRealm realm, Person person) {
        realm.newClient().statusOfDirectGrant(new Person(person.id(), person.username(), "wrong"));
        Await.until("the lock", () -> isLocked(realm, person));
    }

    private static boolean isLocked(TestRealm realm, Person person) {
        return realm.admin()
                .get("/attack-detection/brute-force/users/" + person.id())
                .path("disabled")
                .asBoolean();
    }

    private static void assertLocked(TestRealm realm, Page page, Page next) {
        assertShownAgain(page, next);
        assertThat(next.error()).contains("locked for a while");
        realm.awaitRefusal("LOGIN_ERROR", "user-temporarily-locked");
        realm.forgetEvents();
    }

    /** Asserts that the page is shown again, with a readable error and a new challenge. */
    static void assertShownAgain(Page before, Page next) {
        assertThat(next.status()).as(next.toString()).isEqualTo(200);
        assertThat(next.error()).as(next.toString()).isNotEmpty().doesNotContain("passkey-error");
        assertThat(next.hasPasskeyForm()).as(next.toString()).isTrue();
        assertThat(next.ceremony()).isEqualTo(before.ceremony());
        assertThat(challenge(next)).isNotEmpty().isNotEqualTo(challenge(before));
    }

    private static String challenge(Page page) {
        try {
            return new ObjectMapper().readTree(page.options()).path("challenge").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] flipLastBit(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length - 1] ^= 1;
        return changed;
    }
}
