package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Algorithm;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.AuthenticationCeremony;
import io.github.keycloakpasskey.testbed.Database;
import io.github.keycloakpasskey.testbed.DatabaseKind;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.OnEachDatabase;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.RegistrationCeremony.Attestation;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.Step;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules for a stored passkey: its owner, its label, and when it signs in or is refused. */
@OnEachDatabase
@KeycloakTest
class CredentialRulesIT {

    private static final UUID DASHLANE = UUID.fromString("531126d6-e717-415c-9320-3d9aa6981239");
    private static final String PASSKEY_ALONE = "passkey-authenticator";
    private static final String PASSKEY_OR_PASSWORD = "passkey-username-password-form";

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @ParameterizedTest
    @EnumSource
    @Shows(steps = "§7.2 step 25, who answers rightly is signed in")
    void passkeysOfEveryAlgorithmSignIn(Algorithm algorithm, TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String made = authenticator
                .register(page.options(), realm.origin())
                .algorithm(algorithm)
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();

        WebClient other = realm.newClient();
        Page backAtApp = other.signIn(other.openSignIn(), authenticator);

        assertThat(other.idToken(backAtApp).path("sub").asText()).isEqualTo(person.id());
        JsonNode details = realm.awaitEvent("LOGIN", person).path("details");
        assertThat(details.path("username").asText()).isEqualTo(person.username());
    }

    /** Events are saved, and MariaDB's table of events cannot store such a character. */
    @Test
    void anEmojiInTheNameOfAPasskeyAndInAClaimedOriginFailsNoRequest(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        Page claimed = client.submitPasskey(
                page,
                new SoftwareAuthenticator()
                        .register(page.options(), "https://📱")
                        .json());
        assertThat(claimed.status()).isEqualTo(200);
        assertThat(realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "origin-not-allowed")
                        .path("details")
                        .path("claimed_origin")
                        .asText())
                .isEqualTo("https://\\u{1f4f1}");

        String made = authenticator.register(claimed.options(), realm.origin()).json();
        Page end = client.submit(claimed, "#passkey-form", Map.of("passkeyResponse", made, "passkeyLabel", "📱 Phone"));
        assertThat(end.isBackAtApp()).as(end.toString()).isTrue();
        assertThat(only(realm, person).label()).isEqualTo("📱 Phone");

        WebClient other = realm.newClient();
        assertThat(other.signIn(other.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
    }

    @Test
    void selfAttestationIsAcceptedWhenNoAttestationIsRequested(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String made = authenticator
                .register(page.options(), realm.origin())
                .attestation(Attestation.PACKED_SELF)
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();
        assertThat(only(realm, person).data().path("attestationFormat").asText())
                .isEqualTo("packed");
    }

    @Test
    @Shows(steps = {"§7.1 step 27, the record that is stored", "§7.2 step 24, what a sign-in changes of the record"})
    void theStoredRecordHoldsWhatTheAuthenticatorReported(TestRealm realm) {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String made = authenticator
                .register(page.options(), realm.origin())
                .set(Flag.BACKUP_ELIGIBLE, Flag.BACKED_UP)
                .signCount(41)
                .transports("internal", "hybrid")
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();

        JsonNode data = only(realm, person).data();
        assertThat(data.path("credentialId").asText())
                .isEqualTo(authenticator.newest().id());
        assertThat(data.path("signCount").asLong()).isEqualTo(41);
        assertThat(data.path("transports")).extracting(JsonNode::asText).containsExactly("internal", "hybrid");
        assertThat(data.path("backupEligible").asBoolean()).isTrue();
        assertThat(data.path("backedUp").asBoolean()).isTrue();
        assertThat(data.path("discoverable").asBoolean()).isTrue();
        assertThat(data.path("userVerified").asBoolean()).isTrue();
        assertThat(data.path("attestationFormat").asText()).isEqualTo("none");
        assertThat(data.path("rpId").asText()).isEqualTo("localhost");
        assertThat(only(realm, person).representation().has("secretData")).isFalse();

        signIn(realm, it -> it.clear(Flag.BACKED_UP));
        JsonNode after = only(realm, person).data();
        assertThat(after.path("signCount").asLong()).isEqualTo(42);
        assertThat(after.has("lastUsed")).isTrue();
    }

    /** For example from a system that does not store it. */
    @Test
    void theFirstSignInOfAnImportedPasskeyFixesItsBackupEligibility(TestRealm realm) {
        Person first = realm.newPerson();
        realm.newClient().register(first, authenticator);
        ObjectNode record = (ObjectNode) only(realm, first).data();
        record.remove("backupEligible");
        realm.deleteCredential(first, only(realm, first));
        Person person = realm.newPerson(
                List.of(Map.of("type", "passkey", "secretData", "{}", "credentialData", record.toString())));
        assertThat(only(realm, person).data().has("backupEligible")).isFalse();

        signIn(realm, it -> it);

        assertThat(only(realm, person).data().path("backupEligible")).isEqualTo(BooleanNode.FALSE);
        assertThat(tryToSignIn(realm, it -> it.set(Flag.BACKUP_ELIGIBLE)).error())
                .contains("changed how it keeps this passkey");
        JsonNode refusal = realm.awaitRefusal("LOGIN_ERROR", "backup-eligibility-changed");
        assertThat(refusal.path("details").path("backup_eligibility_changed").asText())
                .isEqualTo("true");
        assertThat(only(realm, person).data().path("backupEligible")).isEqualTo(BooleanNode.FALSE);

        realm.configure(Map.of("backup-eligibility", "accept"));
        signIn(realm, it -> it.set(Flag.BACKUP_ELIGIBLE));

        realm.awaitEvent("LOGIN", event -> event.path("details").has("backup_eligibility_changed"));
        assertThat(only(realm, person).data().path("backupEligible")).isEqualTo(BooleanNode.TRUE);
        assertThat(only(realm, person).data().path("backupEligibilityChanged").asLong())
                .isPositive();
    }

    private Page tryToSignIn(TestRealm realm, UnaryOperator<AuthenticationCeremony> change) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        return client.submitPasskey(
                page,
                change.apply(authenticator.authenticate(page.options(), realm.origin()))
                        .json());
    }

    @RepeatedTest(3)
    @Shows(Threat.CLAIMED_ID)
    void onlyOneOfTwoUsersWhoClaimACredentialIdAtOnceGetsIt(TestRealm realm) throws Exception {
        byte[] credentialId = new byte[32];
        new SecureRandom().nextBytes(credentialId);
        List<Person> people = List.of(realm.newPerson(), realm.newPerson());
        List<Callable<Page>> claims = new ArrayList<>();
        for (Person person : people) {
            WebClient client = realm.newClient();
            Page page = client.openRegistration(person);
            String answer = SoftwareAuthenticator.claim(page.options(), realm.origin(), credentialId);
            claims.add(() -> client.submitPasskey(page, answer));
        }

        List<Page> answers = AtOnce.send(claims);

        AtOnce.assertOneIsAccepted(answers, "already registered");
        assertThat(people.stream().mapToInt(person -> realm.passkeys(person).size()))
                .containsExactlyInAnyOrder(0, 1);
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", "credential-already-registered");
    }

    @Test
    void aLabelIsTrimmedAndShortened(TestRealm realm) {
        Person person = realm.newPerson();
        assertThat(realm.register(person, "  \t Ada’s phone ☎ \n ")).isEqualTo("Ada’s phone ☎");
        String tooLong = "ä".repeat(300);
        assertThat(realm.register(person, tooLong)).isEqualTo("ä".repeat(255));
        assertThat(realm.register(person, tooLong)).isEqualTo("ä".repeat(251) + " (2)");
        assertThat(realm.register(person, "a".repeat(254) + "😀")).isEqualTo("a".repeat(254));
    }

    @Test
    @Shows(Threat.SCRIPT)
    void aLabelWithMarkupIsShownAsText(TestRealm realm) {
        Person person = realm.newPerson();
        String label = "<img src=x onerror=alert(1)> ${7*7} {0}";
        assertThat(realm.register(person, label)).isEqualTo(label);
        Page page = realm.newClient().openRegistration(person);
        assertThat(page.document().select("img[src=x]")).isEmpty();
        assertThat(page.text()).contains(label);
    }

    @Test
    void aPasskeyWithoutALabelIsNamedAfterItsAuthenticatorModel(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, new SoftwareAuthenticator(DASHLANE));
        realm.newClient().register(person, new SoftwareAuthenticator(DASHLANE));
        realm.newClient().register(person, new SoftwareAuthenticator());
        assertThat(realm.passkeys(person))
                .extracting(StoredPasskey::label)
                .containsExactlyInAnyOrder("Dashlane", "Dashlane (2)", "Passkey");
    }

    @Test
    void aSignInThatChangesNothingWritesNothing(TestRealm realm, Database database) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        Optional<Integer> versionMade = version(realm, person, database);
        signIn(realm, it -> it.signCount(0));
        JsonNode afterFirst = only(realm, person).data();
        assertThat(afterFirst.has("lastUsed")).isTrue();
        Optional<Integer> versionAfterFirst = version(realm, person, database);
        versionAfterFirst.ifPresent(version -> assertThat(version).isGreaterThan(versionMade.orElseThrow()));

        signIn(realm, it -> it.signCount(0));

        assertThat(only(realm, person).data()).isEqualTo(afterFirst);
        assertThat(version(realm, person, database)).isEqualTo(versionAfterFirst);
        assertThat(realm.eventsSoFar("LOGIN")).hasSize(3);
    }

    @Test
    @Shows(steps = "§7.2 step 22, a counter that grows is stored")
    void theSignatureCounterIsStoredAtEverySignIn(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        signIn(realm, it -> it.signCount(10));
        assertThat(only(realm, person).data().path("signCount").asLong()).isEqualTo(10);
        signIn(realm, it -> it.signCount(4_000_000_000L));
        assertThat(only(realm, person).data().path("signCount").asLong()).isEqualTo(4_000_000_000L);
    }

    @Test
    void aOneTimeCodeIsAskedForAfterAPasswordAndNotAfterAPasskey(TestRealm realm) {
        Person person = realm.newPerson(List.of(Map.of(
                "type", "otp",
                "secretData", "{\"value\":\"a secret of twenty b\"}",
                "credentialData",
                        "{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}")));
        realm.signInWith(Step.required(PASSKEY_OR_PASSWORD));
        realm.newClient().register(person, authenticator);
        realm.change(Map.of("browserFlow", "passkey browser"));

        WebClient withPassword = realm.newClient();
        Page afterPassword = withPassword.submitPassword(withPassword.openSignIn(), person);
        assertThat(afterPassword.document().select("input[name=otp]")).hasSize(1);

        WebClient withPasskey = realm.newClient();
        assertThat(withPasskey.signIn(withPasskey.openSignIn(), authenticator).isBackAtApp())
                .isTrue();
    }

    @Test
    void aPasskeyAloneSignsIn(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        realm.signInWith(Step.required(PASSKEY_ALONE));
        WebClient client = realm.newClient();

        Page page = client.openSignIn();
        assertThat(page.hasPasswordForm()).isFalse();
        assertThat(page.document().select("#username").attr("autocomplete")).isEqualTo("username webauthn");
        Page refused = client.submitPasskey(page, "no answer");
        RefusedCeremoniesIT.assertShownAgain(page, refused);
        Page backAtApp = client.signIn(refused, authenticator);

        assertThat(client.idToken(backAtApp).path("sub").asText()).isEqualTo(person.id());
    }

    @Test
    void usersCanChooseBetweenThePasskeyPageAndThePasswordPage(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        realm.signInWith(Step.alternative(PASSKEY_ALONE), Step.alternative(PASSKEY_OR_PASSWORD));
        WebClient client = realm.newClient();
        Page withPassword = client.openSignIn();
        assertThat(withPassword.hasPasswordForm()).isTrue();

        Page choice = client.submit(withPassword, "#kc-select-try-another-way-form", Map.of("tryAnotherWay", "on"));
        assertThat(choice.text())
                .contains("Passkey", "User name, or a passkey")
                .doesNotContain("-display-name")
                .doesNotContain("-help-text");
        String passkeyAlone = choice.document()
                .select("[name=authenticationExecution]")
                .last()
                .attr("value");
        Page page = client.submitOnly(
                choice, "#kc-select-credential-form", Map.of("authenticationExecution", passkeyAlone));

        assertThat(page.hasPasswordForm()).isFalse();
        assertThat(client.signIn(page, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    void aNonDiscoverablePasskeySignsInAfterTheUsername(TestRealm realm) {
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessResidentKey", "preferred",
                "webAuthnPolicyPasswordlessRequireResidentKey", "No"));
        Person person = realm.newPerson();
        WebClient registering = realm.newClient();
        Page registration = registering.openRegistration(person);
        String made = authenticator
                .register(registration.options(), realm.origin())
                .transports("usb", "nfc")
                .notDiscoverable()
                .json();
        assertThat(registering.submitPasskey(registration, made).isBackAtApp()).isTrue();
        realm.signInWith(Step.required("auth-username-form"), Step.required(PASSKEY_ALONE));
        WebClient client = realm.newClient();

        Page page = client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", person.username()));

        JsonNode allowed = options(page).path("allowCredentials");
        assertThat(allowed).hasSize(1);
        assertThat(allowed.get(0).path("id").asText())
                .isEqualTo(authenticator.newest().id());
        assertThat(allowed.get(0).path("transports"))
                .extracting(JsonNode::asText)
                .containsExactly("usb", "nfc");
        assertThat(page.document().select("#passkey-form").attr("data-mediation"))
                .isNotEqualTo("conditional");
        String answer = authenticator
                .authenticate(page.options(), realm.origin())
                .withoutUserHandle()
                .json();
        assertThat(client.submitPasskey(page, answer).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.UNPROVEN_NAME)
    void aUsernameAloneDoesNotLeadToCreatingAPasskey(TestRealm realm) {
        Person person = realm.newPerson();
        realm.signInWith(Step.required("auth-username-form"), Step.required(PASSKEY_ALONE));
        WebClient client = realm.newClient();

        Page page = client.submit(client.openSignIn(), "#kc-form-login", Map.of("username", person.username()));

        assertThat(page.ceremony()).isEqualTo("authentication");
        assertThat(page.status()).isEqualTo(200);
    }

    @Test
    @Shows(Threat.SKIPPED_PASSKEY)
    void aUserWithoutAPasskeyCreatesOneAfterThePassword(TestRealm realm) {
        Person person = realm.newPerson();
        realm.signInWith(Step.required("auth-username-password-form"), Step.required(PASSKEY_ALONE));
        WebClient client = realm.newClient();

        Page page = client.submitPassword(client.openSignIn(), person);

        assertThat(page.ceremony()).isEqualTo("registration");
        String made = authenticator.register(page.options(), realm.origin()).json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();
        WebClient later = realm.newClient();
        Page second = later.submitPassword(later.openSignIn(), person);
        assertThat(second.ceremony()).isEqualTo("authentication");
        assertThat(later.signIn(second, authenticator).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.STOLEN_DEVICE)
    void aDeletedPasskeyIsRefused(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        realm.deleteCredential(person, only(realm, person));

        Page next = client.signIn(page, authenticator);

        RefusedCeremoniesIT.assertShownAgain(page, next);
        assertThat(next.error()).contains("not known here any more");
        realm.awaitRefusal("LOGIN_ERROR", "credential-unknown");
    }

    @Test
    void aDeletedPasskeyCanBeRegisteredAgain(TestRealm realm) {
        Person person = realm.newPerson();
        SoftwarePasskey passkey = realm.newClient().register(person, authenticator);
        realm.deleteCredential(person, only(realm, person));
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String again = SoftwareAuthenticator.claim(page.options(), realm.origin(), passkey.credentialId());
        assertThat(client.submitPasskey(page, again).isBackAtApp()).isTrue();
    }

    @Test
    @Shows(Threat.BLOCKED_ACCOUNT)
    void aDisabledUserIsRefused(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        realm.change(person, user -> user.put("enabled", false));
        WebClient client = realm.newClient();
        Page page = client.openSignIn();

        Page next = client.signIn(page, authenticator);

        RefusedCeremoniesIT.assertShownAgain(page, next);
        assertThat(next.error()).contains("disabled");
        JsonNode event = realm.awaitRefusal("LOGIN_ERROR", "user-disabled");
        assertThat(event.path("error").asText()).isEqualTo("user_disabled");
        assertThat(event.path("userId").asText()).isEqualTo(person.id());
    }

    /** A user who cancels, or whose passkey is refused, is not guessing passwords. */
    @Test
    @Shows(value = Threat.LOCK_OUT, steps = "§7.2 step 2, an error of the browser")
    void refusedPasskeysDoNotLockTheUser(TestRealm realm) {
        realm.change(Map.of("bruteForceProtected", true, "failureFactor", 1));
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        Page refused = client.submitPasskey(
                page,
                authenticator
                        .authenticate(page.options(), realm.origin())
                        .clear(Flag.USER_VERIFIED)
                        .json());
        Page cancelled = client.submit(refused, "#passkey-form", Map.of("passkeyError", "NotAllowedError"));
        assertThat(client.submitPassword(cancelled, person).isBackAtApp()).isTrue();
    }

    @Test
    void keycloaksCredentialListContainsThePasskey(TestRealm realm) {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        JsonNode representation = only(realm, person).representation();
        assertThat(representation.path("type").asText()).isEqualTo("passkey");
        assertThat(representation.path("createdDate").asLong()).isPositive();
        assertThat(UUID.fromString(only(realm, person).rowId())).isNotNull();
    }

    /** Signs in with a response that the test can change. */
    private void signIn(TestRealm realm, UnaryOperator<AuthenticationCeremony> change) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        AuthenticationCeremony ceremony = authenticator.authenticate(page.options(), realm.origin());
        Page next = client.submitPasskey(page, change.apply(ceremony).json());
        assertThat(next.isBackAtApp()).as(next.toString()).isTrue();
    }

    /** Keycloak increments this version whenever it writes the row. Empty if only Keycloak can access the database. */
    private static Optional<Integer> version(TestRealm realm, Person person, Database database) {
        if (database.kind() == DatabaseKind.H2) {
            return Optional.empty();
        }
        try (Connection connection = database.connect();
                PreparedStatement select = connection.prepareStatement("select version from CREDENTIAL where id = ?")) {
            select.setString(1, only(realm, person).rowId());
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                return Optional.of(row.getInt(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StoredPasskey only(TestRealm realm, Person person) {
        List<StoredPasskey> stored = realm.passkeys(person);
        assertThat(stored).hasSize(1);
        return stored.get(0);
    }

    private static JsonNode options(Page page) {
        try {
            return new ObjectMapper().readTree(page.options());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
