package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.proof.Weakness;
import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.OnEachDatabase;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Weaknesses that were measured in Keycloak's built-in passkeys, with one test for each. */
@OnEachDatabase
@KeycloakTest
class MeasuredWeaknessesIT {

    private static final String OTHER_SITE = "https://elsewhere.example";
    private static final int SESSIONS = 8;

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @Test
    @Shows(value = Threat.CONTRADICTORY_FLAGS, weaknesses = Weakness.BACKUP_ELIGIBILITY)
    void aBackupEligibleFlagThatDiffersFromRegistrationIsRefused(TestRealm realm) {
        RefusedCeremoniesIT.assertSignInRefused(
                realm, authenticator, Weakness.BACKUP_ELIGIBILITY.reason(), answer -> answer.set(Flag.BACKUP_ELIGIBLE));
    }

    @Test
    @Shows(value = Threat.FOREIGN_FRAME, weaknesses = Weakness.TOP_ORIGIN)
    void theTopOriginOfAnotherSiteIsRefused(TestRealm realm) {
        String reason = Weakness.TOP_ORIGIN.reason();
        RefusedCeremoniesIT.assertSignInRefused(
                realm, authenticator, reason, answer -> answer.crossOrigin(true).topOrigin(OTHER_SITE));
        RefusedCeremoniesIT.assertRegistrationRefused(
                realm, authenticator, reason, answer -> answer.crossOrigin(true).topOrigin(OTHER_SITE));
    }

    @Test
    @Shows(value = Threat.CONTRADICTORY_FLAGS, weaknesses = Weakness.ATTESTED_DATA_FLAG)
    void theFlagForAttestedDataWithoutTheDataIsRefused(TestRealm realm) {
        RefusedCeremoniesIT.assertSignInRefused(
                realm, authenticator, Weakness.ATTESTED_DATA_FLAG.reason(), answer -> answer.set(Flag.ATTESTED_DATA));
    }

    @Test
    @Shows(value = Threat.CONTRADICTORY_FLAGS, weaknesses = Weakness.EXTENSION_FLAG)
    void theFlagForExtensionsWithoutTheDataIsRefused(TestRealm realm) {
        String reason = Weakness.EXTENSION_FLAG.reason();
        RefusedCeremoniesIT.assertSignInRefused(
                realm, authenticator, reason, answer -> answer.set(Flag.EXTENSION_DATA));
        RefusedCeremoniesIT.assertRegistrationRefused(
                realm, authenticator, reason, answer -> answer.set(Flag.EXTENSION_DATA));
    }

    @Test
    @Shows(
            value = Threat.COPIED_KEY,
            weaknesses = Weakness.ONE_COUNTER_VALUE,
            steps = "§7.2 step 22, one counter value in 8 sessions at once")
    void onlyOneOfEightSessionsWithTheSameCounterValueSignsIn(TestRealm realm) throws Exception {
        Person person = realm.newPerson();
        SoftwarePasskey passkey = realm.newClient().register(person, authenticator);
        List<Callable<Page>> signIns = Stream.generate(realm::newClient)
                .limit(SESSIONS)
                .<Callable<Page>>map(client -> {
                    Page page = client.openSignIn();
                    String answer = authenticator
                            .authenticate(page.options(), realm.origin())
                            .with(passkey)
                            .signCount(7)
                            .json();
                    return () -> client.submitPasskey(page, answer);
                })
                .toList();

        List<Page> answers = AtOnce.send(signIns);

        AtOnce.assertOneIsAccepted(answers, "copy of this passkey");
        assertThat(realm.passkeys(person)).singleElement().satisfies(stored -> assertThat(
                        stored.data().path("signCount").asLong())
                .isEqualTo(7));
        realm.awaitRefusal("LOGIN_ERROR", Weakness.ONE_COUNTER_VALUE.reason());
    }

    @Test
    @Shows(weaknesses = Weakness.SAME_ID_SAME_USER, steps = "§7.1 step 26, registered for the same user")
    void aCredentialIdThatTheSameUserRegistersAgainIsRefused(TestRealm realm) {
        Person owner = realm.newPerson();
        SoftwarePasskey passkey = realm.newClient().register(owner, authenticator);
        List<StoredPasskey> stored = realm.passkeys(owner);
        WebClient client = realm.newClient();
        Page page = client.openRegistration(owner);
        assertThat(authenticator.register(page.options(), realm.origin()).excluded())
                .isTrue();

        Page next = client.submitPasskey(
                page, SoftwareAuthenticator.claim(page.options(), realm.origin(), passkey.credentialId()));

        RefusedCeremoniesIT.assertShownAgain(page, next);
        realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", Weakness.SAME_ID_SAME_USER.reason());
        assertThat(realm.passkeys(owner)).isEqualTo(stored);
    }

    @Test
    @Shows(
            value = Threat.CLAIMED_ID,
            weaknesses = Weakness.SAME_ID_OTHER_USER,
            steps = "§7.1 step 26, registered for another user")
    void aCredentialIdThatAnotherUserRegistersAgainIsRefused(TestRealm realm) {
        Person owner = realm.newPerson();
        SoftwarePasskey passkey = realm.newClient().register(owner, authenticator);
        List<StoredPasskey> stored = realm.passkeys(owner);
        Person second = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(second);

        Page next = client.submitPasskey(
                page, SoftwareAuthenticator.claim(page.options(), realm.origin(), passkey.credentialId()));

        RefusedCeremoniesIT.assertShownAgain(page, next);
        assertThat(next.error()).contains("already registered");
        JsonNode event = realm.awaitRefusal("UPDATE_CREDENTIAL_ERROR", Weakness.SAME_ID_OTHER_USER.reason());
        assertThat(event.path("userId").asText()).isEqualTo(second.id());
        assertThat(realm.passkeys(second)).isEmpty();
        assertThat(realm.passkeys(owner)).isEqualTo(stored);
    }

    @Test
    @Shows(weaknesses = Weakness.EMPTY_ID)
    void anEmptyCredentialIdIsRefused(TestRealm realm) {
        RefusedCeremoniesIT.assertRegistrationRefused(
                realm, authenticator, Weakness.EMPTY_ID.reason(), answer -> answer.credentialId(new byte[0]));
    }

    @Test
    @Shows(value = Threat.WEAK_KEY, weaknesses = Weakness.KEY_OFF_CURVE)
    void aPublicKeyThatIsNotOnTheCurveIsRefused(TestRealm realm) {
        RefusedCeremoniesIT.assertRegistrationRefused(
                realm,
                authenticator,
                Weakness.KEY_OFF_CURVE.reason(),
                answer -> answer.coseKey(RefusedCeremoniesIT::flipLastBit));
    }

    @Test
    @Shows(weaknesses = Weakness.TRAILING_BYTES)
    void bytesAfterTheAttestationObjectAreRefused(TestRealm realm) {
        RefusedCeremoniesIT.assertRegistrationRefused(
                realm, authenticator, Weakness.TRAILING_BYTES.reason(), answer -> answer.trailing((byte) 0));
    }

    @Test
    @Shows(weaknesses = Weakness.SAME_LABEL)
    void aSecondPasskeyWithTheSameLabelSucceeds(TestRealm realm) {
        Person person = realm.newPerson();

        assertThat(realm.register(person, "Work laptop")).isEqualTo("Work laptop");
        assertThat(realm.register(person, "Work laptop")).isEqualTo("Work laptop (2)");
        assertThat(realm.register(person, "WORK LAPTOP")).isEqualTo("WORK LAPTOP (3)");

        assertThat(realm.passkeys(person)).hasSize(3);
        realm.assertNone("UPDATE_CREDENTIAL_ERROR");
    }
}
