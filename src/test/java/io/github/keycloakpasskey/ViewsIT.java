package io.github.keycloakpasskey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloakpasskey.keycloak.credential.PasskeyRecord;
import io.github.keycloakpasskey.testbed.Database;
import io.github.keycloakpasskey.testbed.DatabaseKind;
import io.github.keycloakpasskey.testbed.Flag;
import io.github.keycloakpasskey.testbed.KeycloakTest;
import io.github.keycloakpasskey.testbed.OnEachDatabase;
import io.github.keycloakpasskey.testbed.Page;
import io.github.keycloakpasskey.testbed.Person;
import io.github.keycloakpasskey.testbed.SoftwareAuthenticator;
import io.github.keycloakpasskey.testbed.SoftwarePasskey;
import io.github.keycloakpasskey.testbed.SqlFiles;
import io.github.keycloakpasskey.testbed.StoredPasskey;
import io.github.keycloakpasskey.testbed.TestRealm;
import io.github.keycloakpasskey.testbed.WebClient;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an auditor reads with SQL: the views and queries of {@code sql/}, with data that users created in Keycloak. */
@OnEachDatabase({DatabaseKind.POSTGRESQL, DatabaseKind.MARIADB})
@KeycloakTest
class ViewsIT {

    private static final UUID DASHLANE = UUID.fromString("531126d6-e717-415c-9320-3d9aa6981239");
    private static final String UNUSED = "unused-for-90-days";
    private static final String WITHOUT_PASSKEY = "users-without-passkey";
    private static final String BY_PROVIDER = "by-provider";
    private static final String OF_MODELS = "of-models";
    private static final String SUSPECTED_CLONES = "suspected-clones";
    private static final String UNREADABLE = "unreadable";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SoftwareAuthenticator authenticator = new SoftwareAuthenticator();
    private Connection connection;
    private SqlFiles sql;

    /** Runs the scripts twice, because an administrator may run them again. */
    @BeforeEach
    void install(Database database) throws SQLException {
        connection = database.connect();
        sql = new SqlFiles(connection, database.kind());
        for (int time = 1; time <= 2; time++) {
            sql.run("install.sql");
            sql.run("one-realm.sql");
        }
    }

    @AfterEach
    void uninstall() throws SQLException {
        for (int time = 1; time <= 2; time++) {
            sql.run("auditor-uninstall.sql");
            sql.run("uninstall.sql");
        }
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> sql.rows("SELECT * FROM users"));
        connection.close();
    }

    @Test
    void theViewsHaveTheColumnsOfTheRelationalModel(Database database) throws SQLException {
        boolean postgresql = database.kind() == DatabaseKind.POSTGRESQL;
        assertThat(columns("users"))
                .isEqualTo(
                        postgresql
                                ? List.of(
                                        "id uuid",
                                        "email varchar(255)",
                                        "display_name varchar(100)",
                                        "created_at timestamp")
                                : List.of(
                                        "id varchar(36)",
                                        "email varchar(255)",
                                        "display_name varchar(100)",
                                        "created_at datetime"));
        assertThat(columns("webauthn_credentials"))
                .isEqualTo(
                        postgresql
                                ? List.of(
                                        "id uuid",
                                        "user_id uuid",
                                        "credential_id bytea",
                                        "public_key bytea",
                                        "sign_count int8",
                                        "transports _text",
                                        "user_verified bool",
                                        "created_at timestamp",
                                        "last_used timestamp")
                                : List.of(
                                        "id varchar(36)",
                                        "user_id varchar(36)",
                                        "credential_id mediumblob",
                                        "public_key mediumblob",
                                        "sign_count bigint",
                                        "transports json",
                                        "user_verified integer",
                                        "created_at datetime",
                                        "last_used datetime"));
    }

    private List<String> columns(String view) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + view)) {
            ResultSetMetaData described = result.getMetaData();
            for (int column = 1; column <= described.getColumnCount(); column++) {
                String type = described.getColumnTypeName(column).toLowerCase(Locale.ROOT);
                columns.add(described.getColumnLabel(column) + " " + type
                        + (type.equals("varchar") ? "(" + described.getPrecision(column) + ")" : ""));
            }
        }
        return columns;
    }

    @Test
    void theViewsShowAPasskeyAsItWasCreatedAndUsed(TestRealm realm, Database database) throws SQLException {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        String made = authenticator
                .register(page.options(), realm.origin())
                .transports("internal", "hybrid")
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();
        SoftwarePasskey passkey = authenticator.newest();
        StoredPasskey stored = realm.passkeys(person).get(0);

        try (PreparedStatement query = connection.prepareStatement("SELECT * FROM users WHERE id = ?")) {
            setUuid(query, person.id(), database);
            try (ResultSet row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("email")).isEqualTo(person.email());
                assertThat(row.getString("display_name")).isEqualTo("Ada Example");
                assertNow(row.getObject("created_at", LocalDateTime.class));
            }
        }
        assertThat(only(person).get("last_used")).isNull();

        signIn(realm, 3_000_000_000L);

        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM webauthn_credentials WHERE user_id = ?")) {
            setUuid(query, person.id(), database);
            try (ResultSet row = query.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString("id")).isEqualTo(stored.rowId());
                assertThat(row.getBytes("credential_id")).isEqualTo(passkey.credentialId());
                assertThat(row.getBytes("public_key"))
                        .isEqualTo(Base64.getUrlDecoder()
                                .decode(stored.data().path("publicKey").textValue()));
                assertThat(row.getLong("sign_count")).isEqualTo(3_000_000_000L);
                assertThat(transports(row, database)).containsExactly("internal", "hybrid");
                assertThat(row.getBoolean("user_verified")).isTrue();
                assertNow(row.getObject("created_at", LocalDateTime.class));
                assertNow(row.getObject("last_used", LocalDateTime.class));
                assertThat(row.next()).isFalse();
            }
        }
    }

    @Test
    void theDetailsViewShowsTheValuesOfTheRecord(TestRealm realm) throws SQLException {
        Person person = realm.newPerson();
        WebClient client = realm.newClient();
        Page page = client.openRegistration(person);
        SoftwareAuthenticator dashlane = new SoftwareAuthenticator(DASHLANE);
        String made = dashlane.register(page.options(), realm.origin())
                .set(Flag.BACKUP_ELIGIBLE)
                .json();
        assertThat(client.submitPasskey(page, made).isBackAtApp()).isTrue();

        Map<String, String> row = sql.rows(
                        "SELECT d.*, CASE WHEN d.backup_eligible THEN 'yes' ELSE 'no' END AS eligible,"
                                + " CASE WHEN d.backed_up THEN 'yes' ELSE 'no' END AS synced,"
                                + " CASE WHEN d.discoverable THEN 'yes' ELSE 'no' END AS found_without_name"
                                + " FROM webauthn_credentials_details d WHERE keycloak_user_id = '" + person.id() + "'")
                .get(0);

        assertThat(row)
                .containsEntry("realm", nameOf(realm))
                .containsEntry("label", "Dashlane")
                .containsEntry("aaguid", DASHLANE.toString())
                .containsEntry("attestation_format", "none")
                .containsEntry("rp_id", "localhost")
                .containsEntry("eligible", "yes")
                .containsEntry("synced", "no")
                .containsEntry("found_without_name", "yes")
                .containsEntry("clone_suspected", null)
                .containsEntry("last_verified", row.get("created_at"));
    }

    @Test
    void passkeysAndUsersDeletedInKeycloakDisappearFromTheViews(TestRealm realm) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        realm.newClient().register(person, new SoftwareAuthenticator());
        assertThat(passkeysOf(person)).hasSize(2);

        StoredPasskey first = realm.passkeys(person).get(0);
        realm.deleteCredential(person, first);
        assertThat(passkeysOf(person))
                .extracting(row -> row.get("id"))
                .isEqualTo(List.of(realm.passkeys(person).get(0).rowId()))
                .doesNotContain(first.rowId());

        realm.admin().delete("/users/" + person.id());
        assertThat(passkeysOf(person)).isEmpty();
        assertThat(sql.rows("SELECT * FROM users WHERE id = '" + person.id() + "'"))
                .isEmpty();
    }

    /** Rows of a user of a federation without import. Keycloak's database has only the id of such a user. */
    @Test
    void theViewsShowUsersOfAFederation(TestRealm realm) throws SQLException {
        String federation = UUID.randomUUID().toString();
        String federated = "f:" + federation + ":grace";
        String namesake = "f:" + federation + ":Grace";
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        StoredPasskey stored = realm.passkeys(person).get(0);

        TestRealm other = realm.imported("identity-first", file -> addFederated(file, federated, stored.data()));

        // Another user, whose id differs only in case.
        sql.execute("INSERT INTO FED_USER_CREDENTIAL (ID, TYPE, USER_ID, REALM_ID, STORAGE_PROVIDER_ID, USER_LABEL,"
                + " CREATED_DATE, SECRET_DATA, CREDENTIAL_DATA, PRIORITY) SELECT '" + UUID.randomUUID() + "', TYPE, '"
                + namesake + "', REALM_ID, STORAGE_PROVIDER_ID, USER_LABEL, CREATED_DATE, SECRET_DATA, CREDENTIAL_DATA,"
                + " PRIORITY FROM FED_USER_CREDENTIAL WHERE USER_ID = '" + federated + "'");
        sql.execute("INSERT INTO COMPONENT (ID, NAME) VALUES ('" + federation + "', 'the other system')");

        String derived = derivedUuid(federated);
        assertThat(sql.rows("SELECT id, keycloak_id, display_name FROM users_details"
                        + " WHERE user_storage = 'the other system'"))
                .extracting(row -> List.copyOf(row.values()))
                .containsExactlyInAnyOrder(
                        List.of(derived, federated, "grace"), List.of(derivedUuid(namesake), namesake, "Grace"));
        sql.execute("DELETE FROM COMPONENT WHERE ID = '" + federation + "'");
        assertThat(sql.rows("SELECT id, email, display_name, created_at FROM users WHERE id = '" + derived + "'"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.get("email")).isNull();
                    assertThat(row.get("display_name")).isEqualTo("grace");
                    assertThat(row.get("created_at")).isNull();
                });
        assertThat(sql.rows("SELECT d.realm, d.keycloak_user_id, d.label"
                        + " FROM webauthn_credentials c JOIN webauthn_credentials_details d ON d.id = c.id"
                        + " JOIN users u ON u.id = c.user_id WHERE u.id = '" + derived + "'"))
                .singleElement()
                .isEqualTo(Map.of("realm", nameOf(other), "keycloak_user_id", federated, "label", "Grace’s key"));
        assertEveryPasskeyHasItsUser();
        assertThat(sql.rows("SELECT * FROM webauthn_credentials_of_realm WHERE user_id = '" + derived + "'"))
                .as("passkeys of the realm of one-realm.sql")
                .isEmpty();
        assertThat(sql.rows("SELECT * FROM webauthn_credentials_of_realm WHERE user_id = '" + person.id() + "'"))
                .hasSize(1);
        assertThat(sql.rows("SELECT * FROM users_of_realm WHERE id = '" + derived + "'"))
                .isEmpty();

        other.close();
        assertThat(sql.rows("SELECT * FROM users WHERE id = '" + derived + "'"))
                .as("users of a realm that is gone")
                .isEmpty();
    }

    private static void addFederated(ObjectNode realm, String id, JsonNode record) {
        realm.putArray("federatedUsers")
                .addObject()
                .put("id", id)
                .putArray("credentials")
                .addObject()
                .put("id", UUID.randomUUID().toString())
                .put("type", "passkey")
                .put("userLabel", "Grace’s key")
                .put("createdDate", Instant.now().toEpochMilli())
                .put("secretData", "{}")
                .put("credentialData", record.toString());
    }

    /** The views show each record that the extension can read. The query for unreadable records lists the others. */
    @Test
    void anUnreadableRecordHidesNoOther(TestRealm realm, Database database) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        String whole = realm.passkeys(person).get(0).rowId();
        List<String> documents = List.of(
                "",
                "null",
                "[1]",
                "{\"credentialId\":",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\"} more",
                "{\"credentialId\":\"AAAA\"}",
                "{\"credentialId\":\"\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"A\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"AA+A\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"AA/A\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"AAAA\\n\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"AA==AAAA\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"AAAA====\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":17}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":-1}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":\"7\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":1.5}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":null}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":4294967296}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"signCount\":4294967295}",
                "{\"credentialId\":\"AA==\",\"publicKey\":\"_-8\",\"later\":{\"than\":[\"this\"]}}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"lastUsed\":98765432109876543210}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"lastUsed\":9223372036854775807}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"lastUsed\":\"now\",\"aaguid\":\"none\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"transports\":[\"\\u0000\"]}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"transports\":\"usb\"}",
                "{\"credentialId\":\"AB\",\"publicKey\":\"AAAſ\"}",
                "{\"credentialId\":\"AB\",\"publicKey\":\"AAAA\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"" + "A".repeat(100_000) + "\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"" + "A".repeat(100_000) + "!\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":\"*\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":\"A\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":\"AA=\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":\"=\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":\"\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":null}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":7}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"userHandle\":\"_-8=\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"attestationFormat\":null,\"rpId\":null}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"discoverable\":null,\"aaguid\":null}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"backupEligible\":true}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"backupEligible\":\"true\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"aaguid\":\"" + DASHLANE
                        + "\",\"attestationFormat\":\"packed\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"transports\":[\"usb\",\"" + "[{".repeat(500)
                        + "\"]}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"AAAA\",\"rpId\":\"\\\\\",\"later\":\"\\\"" + "[".repeat(500)
                        + "\"}",
                "{\"credentialId\":\"AAAA\",\"publicKey\":\"" + "\\\"[".repeat(100_000));
        List<String> readable = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (String document : documents) {
            String id = insert(person, document);
            if (canBeRead(document)) {
                readable.add(id);
                assertShownAsRead(id, PasskeyRecord.parse(document).credential(), database);
            } else {
                unreadable.add(id);
            }
        }
        assertThat(readable).hasSize(20);

        assertThat(passkeysOf(person))
                .extracting(row -> row.get("id"))
                .contains(whole)
                .containsAll(readable)
                .doesNotContainAnyElementsOf(unreadable);
        assertThat(sql.answer(UNREADABLE))
                .filteredOn(row -> row.get("user_id").equals(person.id()))
                .extracting(row -> row.get("id"))
                .containsExactlyInAnyOrderElementsOf(unreadable);
    }

    private void assertShownAsRead(String id, CredentialRecord read, Database database) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT * FROM webauthn_credentials_details WHERE keycloak_id = ?")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                assertThat(row.next()).as(id).isTrue();
                assertThat(row.getBytes("credential_id")).isEqualTo(read.id().toByteArray());
                assertThat(row.getBytes("public_key"))
                        .isEqualTo(read.publicKeyCose().toByteArray());
                assertThat(row.getLong("sign_count")).isEqualTo(read.signCount());
                assertThat(row.getString("aaguid"))
                        .isEqualTo(read.aaguid().map(UUID::toString).orElse(null));
                assertThat(row.getString("attestation_format"))
                        .isEqualTo(read.attestationFormat().orElseThrow().registeredName());
                assertThat(row.getString("rp_id")).isNotEqualTo("null");
                assertThat(transports(row, database)).isEqualTo(shown(read.transports(), database));
                row.getBoolean("discoverable");
                assertThat(row.wasNull()).isEqualTo(read.discoverable().isEmpty());
                boolean eligible = row.getBoolean("backup_eligible");
                assertThat(row.wasNull() ? null : eligible)
                        .isEqualTo(read.backupEligible().orElse(null));
            }
        }
    }

    /** PostgreSQL text cannot contain U+0000. */
    private static List<String> shown(List<String> transports, Database database) {
        return database.kind() == DatabaseKind.POSTGRESQL
                ? transports.stream()
                        .map(transport -> transport.replace('\0', '\ufffd'))
                        .toList()
                : transports;
    }

    private static boolean canBeRead(String document) {
        try {
            PasskeyRecord.parse(document);
            return true;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    /** Bypasses Keycloak, which does not store such a row. */
    private String insert(Person person, String document) throws SQLException {
        String id = UUID.randomUUID().toString();
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO CREDENTIAL"
                + " (ID, TYPE, USER_ID, USER_LABEL, CREATED_DATE, SECRET_DATA, CREDENTIAL_DATA, PRIORITY, VERSION)"
                + " VALUES (?, 'passkey', ?, ?, 1700000000000, '{}', ?, 100, 0)")) {
            row.setString(1, id);
            row.setString(2, person.id());
            row.setString(3, id);
            row.setString(4, document);
            row.executeUpdate();
        }
        return id;
    }

    @Test
    void theQueryForUnusedPasskeysUsesTheLastUseOrElseTheCreation(TestRealm realm) throws SQLException {
        Person idle = personWithPasskeyOfBefore(realm, new SoftwareAuthenticator());
        Person active = personWithPasskeyOfBefore(realm, authenticator);
        signIn(realm, 7);
        Person fresh = realm.newPerson();
        realm.newClient().register(fresh, new SoftwareAuthenticator());

        assertThat(sql.answer(UNUSED))
                .extracting(row -> row.get("user_id"))
                .contains(idle.id())
                .doesNotContain(active.id(), fresh.id());
    }

    private Person personWithPasskeyOfBefore(TestRealm realm, SoftwareAuthenticator used) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, used);
        long before = Instant.now().minus(Duration.ofDays(91)).toEpochMilli();
        sql.execute("UPDATE CREDENTIAL SET CREATED_DATE = " + before + " WHERE ID = '"
                + realm.passkeys(person).get(0).rowId() + "'");
        return person;
    }

    @Test
    void theQueryForUsersWithoutAPasskeyOmitsDisabledAndServiceAccounts(TestRealm realm) throws SQLException {
        Person without = realm.newPerson();
        Person with = realm.newPerson();
        realm.newClient().register(with, authenticator);
        Person disabled = realm.newPerson();
        realm.change(disabled, user -> user.put("enabled", false));
        String machine = realm.newServiceAccount();

        List<Map<String, String>> answer = sql.answer(WITHOUT_PASSKEY);

        assertThat(answer)
                .extracting(row -> row.get("id"))
                .contains(without.id())
                .doesNotContain(with.id(), disabled.id());
        assertThat(answer)
                .extracting(row -> row.get("username"))
                .doesNotContain("service-account-" + machine)
                .contains(without.username());
        assertThat(sql.rows("SELECT username FROM users_details WHERE service_account"))
                .extracting(row -> row.get("username"))
                .contains("service-account-" + machine);
    }

    @Test
    void theQueryByProviderCountsPasskeysAndUsers(TestRealm realm) throws SQLException {
        UUID model = UUID.randomUUID();
        Person first = realm.newPerson();
        Person second = realm.newPerson();
        realm.newClient().register(first, new SoftwareAuthenticator(model));
        realm.newClient().register(first, new SoftwareAuthenticator(model));
        realm.newClient().register(second, new SoftwareAuthenticator(model));

        assertThat(sql.answer(BY_PROVIDER))
                .filteredOn(row -> model.toString().equals(row.get("aaguid")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("realm", nameOf(realm))
                        .containsEntry("passkeys", "3")
                        .containsEntry("users", "2")
                        .containsEntry("synced", "0")
                        .containsEntry("with_statement", "0")
                        .containsEntry("last_used", null));
    }

    /** The model is the one that the query names as an example. */
    @Test
    void theQueryOfModelsListsOwnersAndTheirOtherPasskeys(TestRealm realm) throws SQLException {
        UUID model = UUID.fromString("0bb43545-fd2c-4185-87dd-feb0b2916ace");
        Person withAnother = realm.newPerson();
        Person without = realm.newPerson();
        realm.newClient().register(withAnother, new SoftwareAuthenticator(model));
        realm.newClient().register(withAnother, authenticator);
        realm.newClient().register(without, new SoftwareAuthenticator(model));

        assertThat(sql.answer(OF_MODELS))
                .filteredOn(row -> List.of(withAnother.id(), without.id()).contains(row.get("user_id")))
                .extracting(row -> row.get("username") + " " + row.get("other_passkeys"))
                .containsExactlyInAnyOrder(withAnother.username() + " 1", without.username() + " 0");
    }

    @Test
    void theQueryForSuspectedClonesListsThePasskey(TestRealm realm) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        signIn(realm, 7);
        assertThat(cloneRows(person)).isEmpty();

        signIn(realm, 7);

        assertThat(cloneRows(person)).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("username", person.username())
                .containsEntry("sign_count", "7")
                .containsEntry("id", realm.passkeys(person).get(0).rowId()));
    }

    private List<Map<String, String>> cloneRows(Person person) throws SQLException {
        return sql.answer(SUSPECTED_CLONES).stream()
                .filter(row -> row.get("user_id").equals(person.id()))
                .toList();
    }

    @Test
    void anAuditorCanReadTheViewsAndNothingElse(TestRealm realm, Database database) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        sql.run("auditor.sql");
        sql.run("auditor.sql");
        String name = newAccount(database, "passkey_auditor");
        try (Connection own = connect(name)) {
            SqlFiles auditor = new SqlFiles(own, database.kind());

            assertThat(auditor.rows("SELECT * FROM webauthn_credentials WHERE user_id = '" + person.id() + "'"))
                    .hasSize(1);
            assertThat(auditor.rows("SELECT * FROM users WHERE id = '" + person.id() + "'"))
                    .hasSize(1);
            for (String query :
                    List.of(UNUSED, WITHOUT_PASSKEY, BY_PROVIDER, OF_MODELS, SUSPECTED_CLONES, UNREADABLE)) {
                assertThat(auditor.answer(query)).as(query).isNotNull();
            }
            for (String table : List.of("CREDENTIAL", "FED_USER_CREDENTIAL", "USER_ENTITY", "passkey_rows")) {
                assertRefused(auditor, "SELECT * FROM " + table);
            }
            assertRefused(auditor, "DELETE FROM CREDENTIAL");
        } finally {
            dropAccount(name, database);
        }
    }

    /** The auditor has the grants that one-realm.sql advises. Neither errors nor functions reveal another realm. */
    @Test
    void anAuditorOfOneRealmLearnsNothingOfOtherRealms(TestRealm realm, Database database) throws SQLException {
        Person person = realm.newPerson();
        realm.newClient().register(person, authenticator);
        StoredPasskey stored = realm.passkeys(person).get(0);
        TestRealm other = realm.imported(
                "identity-first", file -> addFederated(file, "f:" + UUID.randomUUID() + ":grace", stored.data()));
        Person stranger = other.newPerson();
        boolean postgresql = database.kind() == DatabaseKind.POSTGRESQL;
        String name = newAccount(database, null);
        for (String grant : sql.advisedGrants("one-realm.sql", "ada")) {
            sql.execute(grant.replace(" TO ada", " TO " + account(name, database)));
        }
        try (Connection own = connect(name)) {
            SqlFiles auditor = new SqlFiles(own, database.kind());

            assertThat(auditor.rows(
                            "SELECT * FROM webauthn_credentials_of_realm WHERE user_id = '" + person.id() + "'"))
                    .hasSize(1);
            assertThat(auditor.rows("SELECT * FROM users_of_realm WHERE id = '" + person.id() + "'"))
                    .hasSize(1);
            for (String view : List.of("users", "users_details", "webauthn_credentials", "CREDENTIAL")) {
                assertRefused(auditor, "SELECT * FROM " + view);
            }
            assertThat(auditor.rows("SELECT * FROM users_of_realm WHERE EXP(CASE WHEN email = '" + stranger.email()
                            + "' THEN 100000 ELSE 1 END) < 0"))
                    .isEmpty();
            assertThatExceptionOfType(SQLException.class)
                    .as("the same of a person whom the auditor may see")
                    .isThrownBy(() -> auditor.rows("SELECT * FROM users_of_realm WHERE EXP(CASE WHEN email = '"
                            + person.email() + "' THEN 100000 ELSE 1 END) < 0"));
            if (postgresql) {
                sql.execute("CREATE SCHEMA traps AUTHORIZATION " + name);
                for (String trap : List.of("rtrim(text, text) RETURNS text", "convert_to(text, name) RETURNS bytea")) {
                    auditor.execute("CREATE FUNCTION traps." + trap
                            + " LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'seen: %', $1; END $$");
                }
                auditor.execute("SET search_path = traps, pg_catalog, public");
                assertThat(auditor.rows("SELECT * FROM webauthn_credentials_of_realm"))
                        .isNotEmpty();
                assertThat(auditor.rows("SELECT * FROM users_of_realm")).isNotEmpty();
            }
        } finally {
            dropAccount(name, database);
            other.close();
        }
    }

    private String newAccount(Database database, String role) throws SQLException {
        String name = "auditor_" + UUID.randomUUID().toString().substring(0, 8);
        String account = account(name, database);
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            sql.execute(
                    "CREATE ROLE " + account + " LOGIN PASSWORD 'secret'" + (role == null ? "" : " IN ROLE " + role));
        } else {
            sql.execute("CREATE USER " + account + " IDENTIFIED BY 'secret'");
            if (role != null) {
                sql.execute("GRANT " + role + " TO " + account);
                sql.execute("SET DEFAULT ROLE " + role + " FOR " + account);
            }
        }
        return name;
    }

    private static String account(String name, Database database) {
        return database.kind() == DatabaseKind.POSTGRESQL ? name : name + "@'127.0.0.1'";
    }

    private Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(connection.getMetaData().getURL().replaceFirst("\\?.*", ""), name, "secret");
    }

    private void dropAccount(String name, Database database) throws SQLException {
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            sql.execute("DROP OWNED BY " + name);
            sql.execute("DROP ROLE " + name);
        } else {
            sql.execute("DROP USER " + account(name, database));
        }
    }

    /**
     * PostgreSQL roles belong to the database cluster, which another Keycloak can share. In MariaDB the role is dropped
     * with its grants.
     */
    @Test
    void uninstallingKeepsARoleInUseElsewhereOnPostgresqlOnly(Database database) throws SQLException {
        boolean postgresql = database.kind() == DatabaseKind.POSTGRESQL;
        sql.run("auditor.sql");
        sql.execute("CREATE DATABASE elsewhere");
        try {
            sql.execute("GRANT " + (postgresql ? "CONNECT ON DATABASE elsewhere" : "SELECT ON elsewhere.*")
                    + " TO passkey_auditor");

            sql.run("auditor-uninstall.sql");

            assertThat(sql.rows(
                            postgresql
                                    ? "SELECT 1 FROM pg_roles WHERE rolname = 'passkey_auditor'"
                                    : "SELECT 1 FROM mysql.user WHERE user = 'passkey_auditor'"))
                    .hasSize(postgresql ? 1 : 0);
        } finally {
            sql.execute("DROP DATABASE elsewhere");
        }
    }

    private static void assertRefused(SqlFiles auditor, String statement) {
        assertThatExceptionOfType(SQLException.class)
                .as(statement)
                .isThrownBy(() -> auditor.execute(statement))
                .withMessageContaining("denied");
    }

    private void signIn(TestRealm realm, long signCount) {
        WebClient client = realm.newClient();
        Page page = client.openSignIn();
        client.submitPasskey(
                page,
                authenticator
                        .authenticate(page.options(), realm.origin())
                        .signCount(signCount)
                        .json());
    }

    private List<Map<String, String>> passkeysOf(Person person) throws SQLException {
        return sql.rows("SELECT * FROM webauthn_credentials WHERE user_id = '" + person.id() + "'");
    }

    private Map<String, String> only(Person person) throws SQLException {
        List<Map<String, String>> rows = passkeysOf(person);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private void assertEveryPasskeyHasItsUser() throws SQLException {
        assertThat(sql.rows("SELECT c.id FROM webauthn_credentials c LEFT JOIN users u ON u.id = c.user_id"
                        + " WHERE u.id IS NULL"))
                .isEmpty();
    }

    private static String nameOf(TestRealm realm) {
        return realm.admin().get("").path("realm").asText();
    }

    private static void setUuid(PreparedStatement query, String id, Database database) throws SQLException {
        query.setObject(1, database.kind() == DatabaseKind.POSTGRESQL ? UUID.fromString(id) : id);
    }

    private static List<String> transports(ResultSet row, Database database) throws SQLException {
        if (database.kind() == DatabaseKind.POSTGRESQL) {
            Array array = row.getArray("transports");
            return List.of((String[]) array.getArray());
        }
        try {
            return List.of(JSON.readValue(row.getString("transports"), String[].class));
        } catch (JsonProcessingException notJson) {
            throw new IllegalStateException(notJson);
        }
    }

    private static void assertNow(LocalDateTime utc) {
        assertThat(utc).isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within(5, ChronoUnit.MINUTES));
    }

    /** The first 16 bytes of the SHA-256 of an id that is not a UUID. */
    private static String derivedUuid(String id) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
            return new UUID(digest.getLong(), digest.getLong()).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
