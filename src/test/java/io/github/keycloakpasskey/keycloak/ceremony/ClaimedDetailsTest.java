package io.github.keycloakpasskey.keycloak.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloakpasskey.proof.Shows;
import io.github.keycloakpasskey.proof.Threat;
import io.github.keycloakpasskey.webauthn.AuthenticationResponse;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.ResponseClaims;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@Shows(Threat.UNNOTICED)
class ClaimedDetailsTest {

    private static final String USER = "2f1b4f3c-07b5-4d6e-9d2f-1f5a5d1a8f00";
    private static final Bytes ID = Bytes.of(new byte[] {1, 2, 3});

    @Test
    void aSignInClaimsItsPasskeyItsUserAndItsPage() {
        assertThat(claims(ID, clientData("https://evil.example", "https://frame.example"), utf8(USER)))
                .isEqualTo(Map.of(
                        "claimed_credential_id", "AQID",
                        "claimed_user_id", USER,
                        "claimed_origin", "https://evil.example",
                        "claimed_top_origin", "https://frame.example"));
    }

    @Test
    void aUserHandleThatHoldsNoIdIsShownAsItIs() {
        assertThat(claims(ID, clientData("https://a.example"), ID)).containsEntry("claimed_user_handle", "AQID");
    }

    @Test
    void clientDataThatCannotBeReadClaimNoPage() {
        assertThat(claims(ID, utf8("{\"origin\":1}"), utf8(USER)))
                .containsOnlyKeys("claimed_credential_id", "claimed_user_id");
    }

    @Test
    @Shows(Threat.FORGED_LOG)
    void aClaimCanForgeNoLineOfALog() {
        String origin = "https://a.example\\n\\r\\u001b[31m\\u2028\\u202e\\u0085";

        assertThat(claims(ID, clientData(origin), ID))
                .containsEntry("claimed_origin", "https://a.example\\u{a}\\u{d}\\u{1b}[31m\\u{2028}\\u{202e}\\u{85}");
    }

    @Test
    void aLongClaimIsCut() {
        Map<String, String> claims =
                claims(Bytes.of(new byte[1023]), clientData("\\n".repeat(10_000)), Bytes.of(new byte[10_000]));

        assertThat(claims).hasSize(3);
        assertThat(claims.values()).allSatisfy(value -> assertThat(value)
                .hasSizeBetween(ClaimedDetails.MAX_LENGTH - 10, ClaimedDetails.MAX_LENGTH)
                .endsWith("…"));
    }

    @Test
    void aRegistrationThatCannotBeReadClaimsItsPageAlone() {
        RegistrationResponse response = new RegistrationResponse(
                clientData("https://evil.example"), ID, List.of(), Optional.empty(), Optional.empty());

        assertThat(ClaimedDetails.of(ResponseClaims.of(response)).values())
                .isEqualTo(Map.of("claimed_origin", "https://evil.example"));
    }

    /** The LOGIN event and later pages get the details, and never what was claimed. */
    @Test
    void whatIsClaimedIsNoneOfTheDetailsThatAreVerified() {
        CeremonyEvidence evidence = CeremonyEvidence.NONE.claiming(
                ResponseClaims.of(AuthenticationResponse.builder(ID).build()));

        assertThat(evidence.details()).isEqualTo(CeremonyEvidence.NONE.details());
        assertThat(evidence.claimed().values()).containsOnlyKeys("claimed_credential_id");
    }

    private static Map<String, String> claims(Bytes id, Bytes clientData, Bytes userHandle) {
        return ClaimedDetails.of(ResponseClaims.of(AuthenticationResponse.builder(id)
                        .clientDataJson(clientData)
                        .userHandle(Optional.of(userHandle))
                        .build()))
                .values();
    }

    private static Bytes clientData(String origin) {
        return utf8("{\"type\":\"webauthn.get\",\"challenge\":\"AQID\",\"origin\":\"" + origin + "\"}");
    }

    private static Bytes clientData(String origin, String topOrigin) {
        return utf8("{\"type\":\"webauthn.get\",\"challenge\":\"AQID\",\"origin\":\"" + origin
                + "\",\"crossOrigin\":true,\"topOrigin\":\"" + topOrigin + "\"}");
    }

    private static Bytes utf8(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
