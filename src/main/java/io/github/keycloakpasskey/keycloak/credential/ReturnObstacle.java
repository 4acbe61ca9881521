package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.webauthn.cose.CoseAlgorithm;
import io.github.keycloakpasskey.webauthn.cose.CredentialPublicKey;
import io.github.keycloakpasskey.webauthn.cose.UnusableKeyException;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Why Keycloak's built-in pages could not use a passkey of this extension. */
enum ReturnObstacle {
    /** The built-in pages cannot verify signatures of its algorithm, or its key cannot be read. */
    ALGORITHM,
    /** The authenticator was given a user handle that is not the user's id. The built-in pages expect that id. */
    USER_HANDLE;

    /** Those that webauthn4j verifies, in all supported versions of Keycloak. */
    private static final Set<CoseAlgorithm> VERIFIED_BY_BUILT_IN = EnumSet.of(
            CoseAlgorithm.ES256,
            CoseAlgorithm.ES384,
            CoseAlgorithm.ES512,
            CoseAlgorithm.EDDSA,
            CoseAlgorithm.PS256,
            CoseAlgorithm.PS384,
            CoseAlgorithm.PS512,
            CoseAlgorithm.RS256,
            CoseAlgorithm.RS384,
            CoseAlgorithm.RS512,
            CoseAlgorithm.RS1);

    /**
     * What keeps a passkey from going back.
     *
     * @param handle the user handle that its authenticator was given
     */
    static Optional<ReturnObstacle> of(Passkey passkey, Bytes handle) {
        if (!isVerifiedByBuiltIn(passkey)) {
            return Optional.of(ALGORITHM);
        }
        boolean isUserId =
                handle.equals(BuiltInDocument.userHandle(passkey.owner().getId()));
        return isUserId ? Optional.empty() : Optional.of(USER_HANDLE);
    }

    private static boolean isVerifiedByBuiltIn(Passkey passkey) {
        try {
            return VERIFIED_BY_BUILT_IN.contains(
                    CredentialPublicKey.parse(passkey.credential().publicKeyCose())
                            .algorithm());
        } catch (UnusableKeyException unusable) {
            return false;
        }
    }

    static boolean isVerifiedByBuiltIn(CoseAlgorithm algorithm) {
        return VERIFIED_BY_BUILT_IN.contains(algorithm);
    }

    /** The code that the answer has for it. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
