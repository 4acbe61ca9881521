package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.metadata.MetadataSettings;
import java.util.Optional;
import org.keycloak.Config;

/**
 * The server options for the metadata of authenticators. Their names begin with
 * {@code spi-required-action--passkey-register--}.
 *
 * <ul>
 *   <li>{@code metadata-location}: a URL, for example {@code https://mds3.fidoalliance.org/}, or a file
 *   <li>{@code metadata-cache}: a file in which the newest metadata are kept for the next start
 *   <li>{@code metadata-roots} and {@code metadata-signer}: a PEM file and a DNS name, for metadata that the
 *       FIDO Alliance has not signed
 * </ul>
 */
public final class MetadataOptions {

    private MetadataOptions() {}

    /**
     * Reads the options; empty if they have no location.
     *
     * @throws IllegalArgumentException if the options are invalid
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
