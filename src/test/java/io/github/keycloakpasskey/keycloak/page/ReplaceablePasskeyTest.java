package io.github.keycloakpasskey.keycloak.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.PasskeyRecord;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a user tells passkeys apart by. */
class ReplaceablePasskeyTest {

    private static final Instant CREATED = Instant.parse("2026-01-22T12:00:00Z");
    private static final Instant USED = Instant.parse("2026-11-23T12:00:00Z");

    /** The AAGUID of a password manager that each version of Keycloak knows. */
    private static final UUID KNOWN = UUID.fromString("ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4");

    @Test
    void itsProviderCreationAndLastUseAreShown() {
        ReplaceablePasskey shown = shown(Optional.of(KNOWN), Optional.of(USED));

        assertThat(shown.getLabel()).isEqualTo("Passkey (2)");
        assertThat(shown.getProvider()).isEqualTo("Google Password Manager");
        assertThat(shown.getCreated()).contains("Jan 22, 2026");
        assertThat(shown.getLastUsed()).contains("Nov 23, 2026");
    }

    @Test
    void whatIsNotKnownIsEmpty() {
        ReplaceablePasskey shown = shown(Optional.empty(), Optional.empty());

        assertThat(shown.getProvider()).isEmpty();
        assertThat(shown.getLastUsed()).isEmpty();
    }

    private static ReplaceablePasskey shown(Optional<UUID> aaguid, Optional<Instant> lastUsed) {
        String document = "{\"version\":1,\"credentialId\":\"AQID\",\"publicKey\":\"BAUG\",\"signCount\":0"
                + aaguid.map(value -> ",\"aaguid\":\"" + value + "\"").orElse("")
                + lastUsed.map(at -> ",\"lastUsed\":" + at.toEpochMilli()).orElse("")
                + "}";
        PasskeyRecord record = PasskeyRecord.parse(document);
        Passkey passkey = new Passkey(null, PasskeyType.PASSKEY, "row", "Passkey (2)", Optional.of(CREATED), record);
        return new ReplaceablePasskey(passkey, Locale.ENGLISH);
    }
}
