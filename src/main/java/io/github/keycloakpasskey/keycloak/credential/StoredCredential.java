package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import java.util.Collection;
import java.util.Objects;
import org.keycloak.credential.CredentialModel;

/**
 * A stored credential of any type, as far as it shows whether it was replaced.
 *
 * @param type its type, for example {@code password}
 * @param created when it was created or replaced, in milliseconds since 1970; 0 if unknown
 */
public record StoredCredential(String type, long created) {

    static StoredCredential of(String type, Long created) {
        return new StoredCredential(type, Objects.requireNonNullElse(created, 0L));
    }

    static StoredCredential of(CredentialModel credential) {
        return of(credential.getType(), credential.getCreatedDate());
    }

    boolean isOneOf(Collection<PasskeyType> types) {
        return PasskeyType.ofId(type).filter(types::contains).isPresent();
    }
}
