package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.server.ServerSupport;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * The credential provider {@code passkey}.
 *
 * <p>Server option {@code spi-credential--passkey--last-used-precision}: the precision, in seconds, with which the
 * last use of a passkey and its last user verification are stored (default 300). A smaller value causes more writes.
 */
public final class PasskeyCredentialProviderFactory implements CredentialProviderFactory<PasskeyCredentialProvider> {

    private static final String LAST_USED_PRECISION = "last-used-precision";
    private static final long DEFAULT_LAST_USED_PRECISION =
            Duration.ofMinutes(5).toSeconds();

    private Duration lastUsedPrecision = Duration.ofSeconds(DEFAULT_LAST_USED_PRECISION);

    @Override
    public String getId() {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    @Override
    public void init(Config.Scope config) {
        lastUsedPrecision = Duration.ofSeconds(config.getLong(LAST_USED_PRECISION, DEFAULT_LAST_USED_PRECISION));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        ServerSupport.logAtStart();
    }

    @Override
    public CredentialProvider<PasskeyCredentialModel> create(KeycloakSession session) {
        return new PasskeyCredentialProvider(session, lastUsedPrecision);
    }
}
