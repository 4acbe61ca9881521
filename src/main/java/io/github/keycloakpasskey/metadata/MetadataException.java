package io.github.keycloakpasskey.metadata;

/** Why a metadata blob is not believed, in words for the administrator who reads the log. */
public final class MetadataException extends Exception {

    MetadataException(String message) {
        super(message);
    }

    MetadataException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
