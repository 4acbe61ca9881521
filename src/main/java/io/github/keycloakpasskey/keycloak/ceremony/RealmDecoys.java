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

/** The decoy credentials of a realm, which are offered for names without passkeys. */
final class RealmDecoys {

    private final KeycloakSession session;

    RealmDecoys(KeycloakSession session) {
        this.session = session;
    }

    /**
     * The decoys of a name. The same name always gets the same ones.
     *
     * @param name a user name or e-mail address, as it was entered
     */
    List<CredentialRecord> of(String name) {
        return credentials().of(name.strip().toLowerCase(Locale.ROOT));
    }

    DecoyCredentials credentials() {
        return new DecoyCredentials(secret());
    }

    /** The oldest key of the realm's own: it stays the same when keys are rotated, because newer keys are listed first. */
    private Bytes secret() {
        RealmModel realm = session.getContext().getRealm();
        return session.keys()
                .getKeysStream(realm, KeyUse.SIG, Algorithm.HS512)
                .flatMap(key -> encoded(key).stream())
                .reduce((newer, older) -> older)
                .or(() -> encoded(session.keys().getActiveKey(realm, KeyUse.SIG, Algorithm.HS512)))
                .orElseThrow(() -> new IllegalStateException("a realm has a key of its own"));
    }

    /** Empty where a device keeps the key and does not reveal it. */
    private static Optional<Bytes> encoded(KeyWrapper key) {
        return Optional.ofNullable(key.getSecretKey()).map(Key::getEncoded).map(Bytes::of);
    }
}
