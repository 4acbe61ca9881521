package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.testbed.Stub;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Which users must keep the passkey that they have. */
class LastWayInTest {

    private final Map<String, String> settings = new HashMap<>();
    private final Set<String> otherCredentials = new HashSet<>();
    private String id = "4f1c";
    private boolean federated;
    private int passkeys = 1;
    private int links;

    @Test
    void aUserMustKeepTheOnlyPasskeyOfAnAccountWithoutPassword() {
        assertThat(mustKeepPasskey()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void aUserWithAnotherPasskeyOrNoneNeedNotKeepAny(int count) {
        passkeys = count;

        assertThat(mustKeepPasskey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "webauthn-passwordless"})
    void aUserWithAnotherCredentialToSignInNeedNotKeepIt(String type) {
        otherCredentials.add(type);

        assertThat(mustKeepPasskey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"otp", "webauthn", "recovery-authn-codes"})
    void aSecondFactorIsNoWayIn(String type) {
        otherCredentials.add(type);

        assertThat(mustKeepPasskey()).isTrue();
    }

    @Test
    void aUserWithALinkToAnIdentityProviderNeedNotKeepIt() {
        links = 1;

        assertThat(mustKeepPasskey()).isFalse();
    }

    @Test
    void ofUsersOfAnotherStorageItIsNotKnown() {
        federated = true;
        assertThat(mustKeepPasskey()).isFalse();

        federated = false;
        id = "f:storage:alice";
        assertThat(mustKeepPasskey()).isFalse();
    }

    @Test
    void aRealmCanLetItsUsersRemoveIt() {
        settings.put("last-passkey-removable", "true");

        assertThat(mustKeepPasskey()).isFalse();
    }

    @Test
    void anInvalidSettingProtects() {
        settings.put("last-passkey-removable", "sometimes");

        assertThat(mustKeepPasskey()).isTrue();
    }

    private boolean mustKeepPasskey() {
        return new LastWayIn(session()).mustKeepPasskey(user());
    }

    private KeycloakSession session() {
        RequiredActionConfigModel config = new RequiredActionConfigModel();
        config.setConfig(settings);
        RealmModel realm = Stub.of(
                RealmModel.class,
                Map.of(
                        "getRequiredActionConfigByAlias", alias -> config,
                        "getRequiredActionProviderByAlias", alias -> null,
                        "getId", none -> "realm-id",
                        "getName", none -> "LastWayInTest"));
        KeycloakContext context = Stub.of(KeycloakContext.class, Map.of("getRealm", none -> realm));
        UserProvider users =
                Stub.of(UserProvider.class, Map.of("getFederatedIdentitiesStream", ofUser -> IntStream.range(0, links)
                        .mapToObj(link -> new FederatedIdentityModel("idp", "id-" + link, "alice"))));
        return Stub.of(KeycloakSession.class, Map.of("getContext", none -> context, "users", none -> users));
    }

    private UserModel user() {
        SubjectCredentialManager credentials = Stub.of(
                SubjectCredentialManager.class,
                Map.of(
                        "getStoredCredentialsStream",
                        none -> stored(),
                        "isConfiguredFor",
                        type -> otherCredentials.contains((String) type[0])));
        return Stub.of(
                UserModel.class,
                Map.of(
                        "getId", none -> id,
                        "isFederated", none -> federated,
                        "credentialManager", none -> credentials));
    }

    private Stream<PasskeyCredentialModel> stored() {
        return IntStream.range(0, passkeys).mapToObj(number -> {
            CredentialRecord credential = CredentialRecord.builder(
                            Bytes.of(new byte[] {(byte) number}), Bytes.of(new byte[1]))
                    .build();
            PasskeyRecord record = PasskeyRecord.of(credential, "example.org", Bytes.of(new byte[1]), Instant.EPOCH);
            return PasskeyCredentialModel.of(record, "Passkey", Instant.EPOCH);
        });
    }
}
