package io.github.keycloakpasskey.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloakpasskey.keycloak.credential.BulkResult;
import io.github.keycloakpasskey.keycloak.credential.PasskeyReturn;
import io.github.keycloakpasskey.keycloak.settings.ForeignText;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** What administrators do with the passkeys of a realm. */
public final class PasskeysResource {

    private static final String RESOURCE_TYPE = "PASSKEY";
    private static final List<String> PARAMETERS = List.of("userId", "username", "dryRun");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;

    PasskeysResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.event = event.resource(RESOURCE_TYPE);
    }

    /**
     * Returns passkeys to Keycloak's built-in types: those of one user, or of all users if none is named. Needs the roles
     * {@code manage-users} and {@code manage-realm}.
     *
     * @param dryRunText {@code true} or {@code false}: whether to answer what would change, and to change nothing
     */
    @POST
    @Path("return")
    @Produces(MediaType.APPLICATION_JSON)
    public BulkAnswer giveBack(
            @QueryParam("userId") String userId,
            @QueryParam("username") String username,
            @QueryParam("dryRun") @DefaultValue("false") String dryRunText) {
        auth.users().requireManage();
        auth.realm().requireManageRealm();
        requireKnownParameters();
        boolean dryRun = dryRun(dryRunText);
        PasskeyReturn giving = new PasskeyReturn(session, dryRun);
        BulkResult result =
                userId == null && username == null ? giving.ofAllUsers() : giving.ofUser(user(userId, username));
        if (!dryRun && result.changed() > 0) {
            event.operation(OperationType.ACTION)
                    .resourcePath(session.getContext().getUri())
                    .representation(result)
                    .success();
        }
        return BulkAnswer.of(result, notice());
    }

    /** A misspelt {@code dryRun} must not change anything. */
    private void requireKnownParameters() {
        session.getContext().getUri().getQueryParameters().keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refusal(
                            Response.Status.BAD_REQUEST,
                            "invalid_request",
                            ForeignText.quoted(name) + " is none of the parameters " + String.join(", ", PARAMETERS));
                });
    }

    private static boolean dryRun(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw refusal(Response.Status.BAD_REQUEST, "invalid_request", "dryRun is true or false");
        }
        return text.equals("true");
    }

    private UserModel user(String userId, String username) {
        return Optional.ofNullable(
                        userId == null
                                ? session.users().getUserByUsername(realm, username)
                                : session.users().getUserById(realm, userId))
                .orElseThrow(() -> refusal(Response.Status.NOT_FOUND, "not_found", "there is no such user"));
    }

    private static WebApplicationException refusal(Response.Status status, String error, String description) {
        return new WebApplicationException(Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(Map.of("error", error, "error_description", description))
                .build());
    }

    private Optional<String> notice() {
        return PasskeySettings.of(realm).adoptsBuiltIn()
                ? Optional.of("The setting \"Adopt built-in passkeys\" of the required action passkey-register is on:"
                        + " where the realm's browser flow has a step of this extension, the next sign-in adopts the"
                        + " passkey again. Switch it off first.")
                : Optional.empty();
    }

    /**
     * The answer to a change of many passkeys.
     *
     * @param notice what to do so that the change lasts; null if there is nothing to do
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BulkAnswer(
            long found, long changed, long skippedTotal, List<BulkResult.Skipped> skipped, String notice) {

        static BulkAnswer of(BulkResult result, Optional<String> notice) {
            return new BulkAnswer(
                    result.found(), result.changed(), result.skippedTotal(), result.skipped(), notice.orElse(null));
        }
    }
}
