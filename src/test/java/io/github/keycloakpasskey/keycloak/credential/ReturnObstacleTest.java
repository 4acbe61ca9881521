package io.github.keycloakpasskey.keycloak.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which passkeys cannot go back to Keycloak's built-in types. {@code BuiltInPasskeysIT} shows the others. */
class ReturnObstacleTest {

    @ParameterizedTest
    @EnumSource
    void anAlgorithmCanGoBackIfWebauthn4jVerifiesIt(CoseAlgorithm algorithm) {
        assertThat(ReturnObstacle.isVerifiedByBuiltIn(algorithm)).isEqualTo(isKnownToWebauthn4j(algorithm));
    }

    private static boolean isKnownToWebauthn4j(CoseAlgorithm algorithm) {
        try {
            return COSEAlgorithmIdentifier.create(algorithm.number()).toSignatureAlgorithm() != null;
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
