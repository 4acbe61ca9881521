package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.Verdict;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;

/**
 * What a ceremony's page posted: the browser's answer, or the name of the error that it met.
 *
 * @param response the JSON of a {@code PublicKeyCredential}; empty where none was posted
 * @param error the name of a DOMException; empty where there was none
 */
public record PasskeyPost(String response, String error) {

    private static final String RESPONSE = "passkeyResponse";
    private static final String ERROR = "passkeyError";

    /** Whether the post comes from a ceremony's form at all, and not from a form beside it. */
    public static boolean isIn(MultivaluedMap<String, String> form) {
        return form.containsKey(RESPONSE) || form.containsKey(ERROR);
    }

    public static PasskeyPost of(MultivaluedMap<String, String> form) {
        return new PasskeyPost(first(form, RESPONSE), first(form, ERROR));
    }

    /** The JSON of the answer; refused where the browser reported an error instead. */
    public Verdict<String, FailureReason> answer() {
        return error.isEmpty() ? Verdict.accepted(response) : Verdict.refused(reported());
    }

    /** The names are those of WebAuthn §5.1.3 and §5.1.4, whatever else may be posted. */
    private FailureReason reported() {
        return switch (error) {
            case "NotAllowedError", "AbortError", "TimeoutError" -> FailureReason.CLIENT_CANCELLED;
            case "InvalidStateError" -> FailureReason.CLIENT_ALREADY_REGISTERED;
            case "SecurityError" -> FailureReason.CLIENT_SECURITY_ERROR;
            case "NotSupportedError", "ConstraintError" -> FailureReason.CLIENT_UNSUPPORTED;
            default -> FailureReason.CLIENT_FAILED;
        };
    }

    private static String first(MultivaluedMap<String, String> form, String field) {
        return Optional.ofNullable(form.getFirst(field)).orElse("");
    }
}
