package io.github.keycloakpasskey.keycloak.server;

import java.util.Collection;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.RedirectUtils;
import org.keycloak.services.util.ResolveRelative;

/**
 * The address at which a user finds an app: its base URL, or else one of its redirect URIs, without the wildcard at its end.
 */
public final class AppAddress {

    private static final String WILDCARD = "*";

    private AppAddress() {}

    /** Empty if the client has no address on the web. */
    public static Optional<String> of(KeycloakSession session, ClientModel client) {
        return of(
                ResolveRelative.resolveRelativeUri(session, client.getRootUrl(), client.getBaseUrl()),
                RedirectUtils.resolveValidRedirects(session, client.getRootUrl(), client.getRedirectUris()));
    }

    /**
     * The address of a client with these settings.
     *
     * @param baseUrl null if there is none
     */
    static Optional<String> of(String baseUrl, Collection<String> redirectUris) {
        return Optional.ofNullable(baseUrl).filter(AppAddress::isOnTheWeb).or(() -> redirectUris.stream()
                .map(AppAddress::withoutWildcard)
                .filter(AppAddress::isOnTheWeb)
                .sorted()
                .findFirst());
    }

    private static String withoutWildcard(String redirectUri) {
        return redirectUri.endsWith(WILDCARD) ? redirectUri.substring(0, redirectUri.length() - 1) : redirectUri;
    }

    /** A host must follow the scheme: a pattern for any host leaves none. */
    private static boolean isOnTheWeb(String address) {
        return address.matches("https?://[^/*?#]+(?:[/?#][^*]*)?");
    }
}
