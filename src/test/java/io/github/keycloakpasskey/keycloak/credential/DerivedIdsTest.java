package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row id and the user handle, which are derived from other values. */
class DerivedIdsTest {

    private static final Bytes CREDENTIAL_ID = Bytes.ofBase64Url("AQID");

    /** {@code printf 'realm\0\1\2\3' | sha256sum}: existing rows depend on this value. */
    @Test
    void theRowIdNeverChanges() {
        assertThat(RowId.of("realm", CREDENTIAL_ID)).isEqualTo("7a2cabbd-c39c-2fa2-ee4a-b604aeebed14");
    }

    @Test
    void theRowIdIsAUuidThatDependsOnTheRealm() {
        String id = RowId.of("realm", CREDENTIAL_ID);

        assertThat(UUID.fromString(id)).hasToString(id);
        assertThat(RowId.of("other", CREDENTIAL_ID)).isNotEqualTo(id);
    }

    @Test
    void aRandomUserIdIsUsedAsTheUserHandle() {
        String userId = "7d3c1f0a-5f65-4a52-9d3e-0a6b8f0e5c11";

        Bytes handle = UserHandle.of("realm", userId);

        assertThat(new String(handle.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(userId);
        assertThat(UserHandle.userId(handle)).contains(userId);
    }

    @Test
    @Shows(Threat.LINKED_HANDLE)
    void aUserIdThatIsNotAUuidBecomesADigest() {
        Bytes handle = UserHandle.of("realm", "f:5a9c3a1e-6b0e-4f7e-8f5d-2d1f5b1f9a55:someone@example.org");

        assertThat(handle.size()).isEqualTo(32);
        assertThat(UserHandle.userId(handle)).isEmpty();
        assertThat(UserHandle.of("realm", "alice").size()).isEqualTo(32);
        assertThat(UserHandle.of("other", "alice")).isNotEqualTo(UserHandle.of("realm", "alice"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7d3c1f0a-5f65-4a52-9d3e-0a6b8f0e5c11",
                "f:5a9c3a1e-6b0e-4f7e-8f5d-2d1f5b1f9a55:someone@example.org",
                "f:ldap:grüezi mitenand",
                "alice"
            })
    void aHandleOfABuiltInPasskeyIsTheUserId(String userId) {
        assertThat(UserHandle.builtInUserId(BuiltInDocument.userHandle(userId))).contains(userId);
    }

    /** Keycloak fails on the ID of a user of a storage that does not name the storage. */
    @ParameterizedTest
    @ValueSource(strings = {"", "f:", "f:ldap", "f::alice", "f:ldap:", "a\u0000b", "a\nb", "f:ldap:a\u0000b"})
    void aTextThatCanBeNoUserIdIsNotLookedUp(String text) {
        assertThat(UserHandle.builtInUserId(BuiltInDocument.userHandle(text))).isEmpty();
    }

    @Test
    void aDigestIsNotLookedUp() {
        assertThat(UserHandle.builtInUserId(UserHandle.of("realm", "alice"))).isEmpty();
    }
}
