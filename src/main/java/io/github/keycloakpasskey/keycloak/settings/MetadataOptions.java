package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.metadata.MetadataSettings;
import java.util.Optional;
import org.keycloak.Config;

/**
 * The server options that say where the metadata of authenticators come from, all below
 * {@code spi-required-action--passkey-register--}.
 *
 * <ul>
 *   <li>{@code metadata-location}: a URL, as {@code https://mds3.fidoalliance.org/}, or a file
 *   <li>{@code metadata-cache}: a file that keeps the newest metadata for the next start
 *   <li>{@code metadata-roots} and {@code metadata-signer}: a PEM file and a DNS name, where the metadata
 *       are not signed by the FIDO Alliance
 * </ul>
 */
public final class MetadataOptions {

    private MetadataOptions() {}

    /**
     * Empty where the server has not been told where to find metadata.
     *
     * @throws IllegalArgumentException if it has been told something that cannot be
     */
    public static Optional<MetadataSettings> read(Config.Scope options) {
        return option(options, "metadata-location")
                .map(location -> new MetadataSettings(
                        location,
                        option(options, "metadata-roots"),
                        option(options, "metadata-signer"),
                        option(options, "metadata-cache")));
    }

    private static Optional<String> option(Config.Scope options, String name) {
        return Optional.ofNullable(options.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
