package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;

/**
 * What a ceremony's page posted: the browser's response, or the error that the browser reported.
 *
 * @param response the JSON of a {@code PublicKeyCredential}; empty where none was posted
 * @param error the kind of DOMException that the browser threw
 */
public record PasskeyPost(String response, Optional<KeycloakReason> error) {

    private static final String RESPONSE = "passkeyResponse";
    private static final String ERROR = "passkeyError";

    /** Whether the post comes from a ceremony's form, and not from another form on the page. */
    public static boolean isIn(MultivaluedMap<String, String> form) {
        return form.containsKey(RESPONSE) || form.containsKey(ERROR);
    }

    public static PasskeyPost of(MultivaluedMap<String, String> form) {
        return new PasskeyPost(
                first(form, RESPONSE),
                Optional.of(first(form, ERROR)).filter(name -> !name.isEmpty()).map(PasskeyPost::reason));
    }

    /** The names are those of WebAuthn §5.1.3 and §5.1.4; any other text counts as another failure. */
    private static KeycloakReason reason(String error) {
        return switch (error) {
            case "NotAllowedError", "AbortError", "TimeoutError" -> KeycloakReason.CLIENT_CANCELLED;
            case "InvalidStateError" -> KeycloakReason.CLIENT_ALREADY_REGISTERED;
            case "SecurityError" -> KeycloakReason.CLIENT_SECURITY_ERROR;
            case "NotSupportedError", "ConstraintError" -> KeycloakReason.CLIENT_UNSUPPORTED;
            default -> KeycloakReason.CLIENT_FAILED;
        };
    }

    /** The error at a sign-in. That an authenticator holds a passkey already is said of registrations alone. */
    public Optional<KeycloakReason> errorAtSignIn() {
        return error.map(
                reason -> reason == KeycloakReason.CLIENT_ALREADY_REGISTERED ? KeycloakReason.CLIENT_FAILED : reason);
    }

    private static String first(MultivaluedMap<String, String> form, String field) {
        return Optional.ofNullable(form.getFirst(field)).orElse("");
    }
}
