package io.github.keycloakpasskey.metadata;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where metadata come from, and who has to have signed them. Checked on construction: an {@link
 * IllegalArgumentException} tells the administrator what is wrong.
 *
 * @param location an {@code https:} URL, e.g. {@code https://mds3.fidoalliance.org/}, or a file;
 *     {@code http:} only for this machine
 * @param roots a PEM file with the roots that the signer's certificate leads to; the FIDO Alliance's
 *     where empty
 * @param signer the DNS name in the signer's certificate; the FIDO Alliance's where empty
 * @param cache a file that keeps the newest metadata for the next start of the server, when they may be
 *     out of reach; none where empty
 */
public record MetadataSettings(
        String location, Optional<String> roots, Optional<String> signer, Optional<String> cache) {

    public MetadataSettings {
        if (location.isBlank()) {
            throw new IllegalArgumentException("Metadata come from a URL or a file, and none is named");
        }
        MetadataSource.of(location);
        roots.map(MetadataSettings::path).ifPresent(BlobSigner::rootsIn);
        cache.ifPresent(MetadataSettings::path);
    }

    MetadataSource source() {
        return MetadataSource.of(location);
    }

    BlobSigner blobSigner() {
        return new BlobSigner(
                signer.orElse(BlobSigner.FIDO_HOST),
                roots.map(MetadataSettings::path).map(BlobSigner::rootsIn).orElseGet(BlobSigner::fidoRoots));
    }

    Optional<MetadataFile> cacheFile() {
        return cache.map(MetadataSettings::path).map(MetadataFile::new);
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + text + "\" is no path of a file", e);
        }
    }
}
