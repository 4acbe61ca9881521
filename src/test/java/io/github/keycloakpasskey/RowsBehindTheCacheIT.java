package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.AtOnce;
import io.github.keycloakpasskey.testbed.Database;
import io.github.keycloakpasskey.testbed.DatabaseKind;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.OnEachDatabase;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * The row can change after this node filled its user cache, for example by another node. The row then decides what is
 * written.
 */
@OnEachDatabase({DatabaseKind.POSTGRESQL, DatabaseKind.MARIADB})
@KeycloakTest
class RowsBehindTheCacheIT {

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();

    @Test
    void aSignInKeepsALabelThatWasChangedBehindTheCache(TestRealm realm, Database database) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        signIn(realm, 1);
        StoredPasskey stored = realm.passkeys(person).get(0);
        change(database, stored, "USER_LABEL", "Renamed elsewhere");

        signIn(realm, 2);

        StoredPasskey after = realm.passkeys(person).get(0);
        assertThat(after.data().path("signCount").asLong()).isEqualTo(2);
        assertThat(after.label()).isEqualTo("Renamed elsewhere");
    }

    @Test
    void aCorruptedRecordIsRefusedAsAnUnknownPasskey(TestRealm realm, Database database) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        signIn(realm, 1);
        change(database, realm.passkeys(person).get(0), "CREDENTIAL_DATA", "{");
        WebClient client = realm.newClient();
        Page page = client.openSignIn();

        Page next = client.submitPasskey(page, answer(realm, page, 2));

        RefusedCeremoniesIT.assertShownAgain(page, next);
        realm.awaitRefusal("LOGIN_ERROR", "credential-unknown");
    }

    @RepeatedTest(3)
    void passkeysCreatedAtOnceGetDifferentLabels(TestRealm realm) throws Exception {
        Person person = realm.newPerson();
        List<Callable<Page>> registrations = new ArrayList<>();
        for (int device = 0; device < 4; device++) {
            WebClient client = realm.newClient();
            Page page = client.openRegistration(person);
            String made = new SoftwareAuthenticator()
                    .register(page.options(), realm.origin())
                    .json();
            registrations.add(() -> client.submitPasskey(page, made));
        }

        List<Page> answers = AtOnce.send(registrations);

        assertThat(answers).allMatch(Page::isBackAtApp);
        assertThat(realm.passkeys(person))
                .extracting(StoredPasskey::label)
                .containsExactlyInAnyOrder("Passkey", "Passkey (2)", "Passkey (3)", "Passkey (4)");
    }

    private void signIn(TestRealm realm, long signCount) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        assertThat(client.submitPasskey(page, answer(realm, page, signCount)).isBackAtApp())
                .isTrue();
    }

    private String answer(TestRealm realm, Page page, long signCount) {
        return authenticator
                .authenticate(page.options(), realm.origin())
                .signCount(signCount)
                .json();
    }

    /** Bypasses Keycloak, which would update its caches. */
    private static void change(Database database, StoredPasskey stored, String column, String value)
            throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement update =
                        connection.prepareStatement("UPDATE CREDENTIAL SET " + column + " = ? WHERE ID = ?")) {
            update.setString(1, value);
            update.setString(2, stored.rowId());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }
}
