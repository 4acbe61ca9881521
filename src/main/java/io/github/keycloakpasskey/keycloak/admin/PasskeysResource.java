package io.github.keycloakpasskey.keycloak.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloakpasskey.keycloak.credential.BulkResult;
import io.github.keycloakpasskey.keycloak.credential.PasskeyReturn;
import io.github.keycloakpasskey.keycloak.settings.ForeignText;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
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
    private static final String USER_ID = "userId";
    private static final String USERNAME = "username";
    private static final String DRY_RUN = "dryRun";
    private static final List<String> PARAMETERS = List.of(USER_ID, USERNAME, DRY_RUN);

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
     * Returns passkeys to Keycloak's built-in types: those of one user, or of all users if none is named. With
     * {@code dryRun=true} it answers what would change, and changes nothing. Needs the roles {@code manage-users} and
     * {@code manage-realm}.
     */
    @POST
    @Path("return")
    @Produces(MediaType.APPLICATION_JSON)
    public BulkAnswer giveBack() {
        auth.users().requireManage();
        auth.realm().requireManageRealm();
        requireKnownParameters();
        boolean dryRun = isDryRun();
        Optional<String> userId = parameter(USER_ID);
        Optional<String> username = parameter(USERNAME);
        PasskeyReturn giving = new PasskeyReturn(session, dryRun);
        BulkResult result =
                userId.isEmpty() && username.isEmpty() ? giving.ofAllUsers() : giving.ofUser(user(userId, username));
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

    private boolean isDryRun() {
        String text = parameter(DRY_RUN).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw refusal(Response.Status.BAD_REQUEST, "invalid_request", "dryRun is true or false");
        }
        return text.equals("true");
    }

    /** Read here, because JAX-RS takes an empty parameter for a missing one, and a missing user for all users. */
    private Optional<String> parameter(String name) {
        Optional<String> value = Optional.ofNullable(
                session.getContext().getUri().getQueryParameters().getFirst(name));
        if (value.filter(String::isEmpty).isPresent()) {
            throw refusal(Response.Status.BAD_REQUEST, "invalid_request", name + " is empty");
        }
        return value;
    }

    private UserModel user(Optional<String> userId, Optional<String> username) {
        return userId.map(id -> session.users().getUserById(realm, id))
                .or(() -> userId.isPresent()
                        ? Optional.empty()
                        : username.map(name -> session.users().getUserByUsername(realm, name)))
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
