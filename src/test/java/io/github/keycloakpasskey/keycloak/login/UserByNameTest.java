package io.github.keycloakpasskey.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.testbed.Stub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

@Shows(Threat.ACCOUNT_PROBE)
class UserByNameTest {

    private static final UserModel ALICE = user("4f1c", "alice", "alice@example.com", null);

    @ParameterizedTest
    @ValueSource(strings = {"alice", "Alice", "ALICE", "\u212Alice"})
    void aUserIsFoundByTheirNameInAnyCase(String name) {
        UserModel user = name.startsWith("\u212A") ? user("1", "klice", null, null) : ALICE;

        assertThat(users(true, Map.of(name, user)).find(name)).contains(user);
    }

    /** Collations of MariaDB, MySQL and SQL Server take these for the same name. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u00e0lice", "a\u0300lice", "\u00c0LICE", "al\u0131ce", "a\u200blice", "alice\u0000", "ａlice"})
    @Shows(Threat.LOOK_ALIKE_NAME)
    void aNameThatOnlyResemblesAUsersNameIsNobodys(String name) {
        assertThat(users(true, Map.of(name, ALICE)).find(name)).isEmpty();
        assertThat(users(true, Map.of()).isNameOf(ALICE, name)).isFalse();
    }

    @Test
    void aLongSIsNoS() {
        UserModel user = user("1", "sam", null, null);

        assertThat(users(true, Map.of("\u017fam", user)).find("\u017fam")).isEmpty();
    }

    @Test
    void aUserIsFoundByTheirEmailAddressWhereTheRealmLetsThemSignInWithIt() {
        Map<String, UserModel> found = Map.of("email:Alice@Example.com", ALICE);

        assertThat(users(true, found).find("Alice@Example.com")).contains(ALICE);
        assertThat(users(false, found).find("Alice@Example.com")).isEmpty();
        assertThat(users(true, found).isNameOf(ALICE, " Alice@Example.com ")).isTrue();
        assertThat(users(false, found).isNameOf(ALICE, "Alice@Example.com")).isFalse();
    }

    @Test
    void anEmailAddressThatOnlyResemblesAUsersIsNobodys() {
        assertThat(users(true, Map.of("email:\u00e0lice@example.com", ALICE)).find("\u00e0lice@example.com"))
                .isEmpty();
    }

    /** The address resembles alice's, but is the user name of another. */
    @Test
    void aUserNameCountsWhereOnlyAResemblingAddressWasFound() {
        UserModel other = user("e2a7", "\u00e0lice@example.com", null, null);

        assertThat(users(true, Map.of("email:\u00e0lice@example.com", ALICE, "\u00e0lice@example.com", other))
                        .find("\u00e0lice@example.com"))
                .contains(other);
    }

    /** Such a storage may know its users by a telephone number, for example. */
    @Test
    void anotherStorageDecidesWhichNamesItsUsersHave() {
        UserModel user = user("f:91d0:alice", "alice", null, null);

        assertThat(users(true, Map.of("+49 30 1234", user)).find("+49 30 1234")).contains(user);
        assertThat(users(true, Map.of()).isNameOf(user, "+49 30 1234")).isTrue();
    }

    @Test
    void noUserSignsInToTheAccountOfAClient() {
        assertThat(users(true, Map.of("robot", user("1", "robot", null, "client")))
                        .find("robot"))
                .isEmpty();
    }

    @Test
    void aNameOfSeveralUsersIsNobodys() {
        UserProvider ambiguous = Stub.of(UserProvider.class, Map.of("getUserByUsername", arguments -> {
            throw new ModelDuplicateException("several");
        }));

        assertThat(new UserByName(realm(true), ambiguous).find("alice")).isEmpty();
    }

    /**
     * A storage that finds these users.
     *
     * @param found the users by the user names that find them, or by {@code email:} and the address
     */
    static UserByName users(boolean loginWithEmail, Map<String, UserModel> found) {
        return new UserByName(
                realm(loginWithEmail),
                Stub.of(
                        UserProvider.class,
                        Map.of(
                                "getUserByUsername", arguments -> found.get((String) arguments[1]),
                                "getUserByEmail", arguments -> found.get("email:" + arguments[1]))));
    }

    private static RealmModel realm(boolean loginWithEmail) {
        return Stub.of(RealmModel.class, Map.of("isLoginWithEmailAllowed", arguments -> loginWithEmail));
    }

    private static UserModel user(String id, String username, String email, String client) {
        return Stub.of(
                UserModel.class,
                Map.of(
                        "getId", arguments -> id,
                        "getUsername", arguments -> username,
                        "getEmail", arguments -> email,
                        "getServiceAccountClientLink", arguments -> client,
                        "equals",
                                arguments -> arguments[0] != null
                                        && arguments[0].toString().equals(id),
                        "hashCode", arguments -> id.hashCode(),
                        "toString", arguments -> id));
    }
}
