package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.DecoyCredentials;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.security.Key;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The realm's imaginary passkeys, for names that have no real ones. */
public final class RealmDecoys {

    private final KeycloakSession session;

    public RealmDecoys(KeycloakSession session) {
        this.session = session;
    }

    /**
     * The decoys of one name.
     *
     * @param typed the user name or e-mail address as somebody typed it
     */
    public List<CredentialRecord> passkeys(String typed) {
        return imaginary().of(typed.strip().toLowerCase(Locale.ROOT));
    }

    public DecoyCredentials imaginary() {
        return new DecoyCredentials(secret());
    }

    /**
     * The realm's oldest key of its own, as the passkeys of a name should stay the same: when keys are
     * rotated the new one goes before it.
     */
    private Bytes secret() {
        RealmModel realm = session.getContext().getRealm();
        return session.keys()
                .getKeysStream(realm, KeyUse.SIG, Algorithm.HS512)
                .flatMap(key -> encoded(key).stream())
                .reduce((newer, older) -> older)
                .or(() -> encoded(session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512)))
                .orElseThrow(() -> new IllegalStateException("a realm has a key of its own"));
    }

    /** Empty where the key is kept by a device that does not give it away. */
    private static Optional<Bytes> encoded(KeyWrapper key) {
        return Optional.ofNullable(key.getSecretKey()).map(Key::getEncoded).map(Bytes::of);
    }
}
