package io.github.keycloakpasskey.keycloak.ceremony;

import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.settings.ForeignText;
import io.github.keycloakpasskey.webauthn.ResponseClaims;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a refused response says of itself, as details of an event. Nothing of it is verified, so the name of each detail
 * says that it is claimed. Values are cut and escaped, and no page shows them.
 *
 * @param values the values of the details, by their names
 */
public record ClaimedDetails(Map<String, String> values) {

    /** The most characters of a value. */
    static final int MAX_LENGTH = 256;

    /** Nothing is claimed. */
    public static final ClaimedDetails NONE = new ClaimedDetails(Map.of());

    private static final String CREDENTIAL_ID = "claimed_credential_id";
    private static final String USER_ID = "claimed_user_id";
    private static final String USER_HANDLE = "claimed_user_handle";
    private static final String AAGUID = "claimed_aaguid";
    private static final String ORIGIN = "claimed_origin";
    private static final String TOP_ORIGIN = "claimed_top_origin";

    public ClaimedDetails {
        values = Map.copyOf(values);
    }

    static ClaimedDetails of(ResponseClaims claims) {
        Map<String, String> values = new LinkedHashMap<>();
        claims.credentialId().ifPresent(id -> detail(CREDENTIAL_ID, id.toBase64Url(), values));
        claims.userHandle().ifPresent(handle -> owner(handle, values));
        claims.aaguid().ifPresent(model -> detail(AAGUID, model.toString(), values));
        claims.origin().ifPresent(origin -> detail(ORIGIN, origin, values));
        claims.topOrigin().ifPresent(origin -> detail(TOP_ORIGIN, origin, values));
        return new ClaimedDetails(values);
    }

    /** The id of the user whom the handle names, where it holds one; otherwise the handle. */
    private static void owner(Bytes handle, Map<String, String> values) {
        Passkeys.userId(handle)
                .ifPresentOrElse(
                        id -> detail(USER_ID, id, values), () -> detail(USER_HANDLE, handle.toBase64Url(), values));
    }

    private static void detail(String name, String value, Map<String, String> values) {
        values.put(name, ForeignText.inEvent(ForeignText.escaped(value, MAX_LENGTH)));
    }
}
