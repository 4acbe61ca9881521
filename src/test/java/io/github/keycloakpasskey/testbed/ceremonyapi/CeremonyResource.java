package io.github.keycloakpasskey.testbed.ceremonyapi;

import io.github.keycloakpasskey.keycloak.ceremony.Judgement;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyRegistration;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyRegistration.NewName;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeySignIn;
import io.github.keycloakpasskey.keycloak.ceremony.RefusalReason;
import io.github.keycloakpasskey.keycloak.ceremony.RegistrationTerms;
import io.github.keycloakpasskey.keycloak.ceremony.SignInTerms;
import io.github.keycloakpasskey.keycloak.credential.Replaced;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.LoginSubject;
import io.github.keycloakpasskey.keycloak.login.StandingProof;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.keycloak.settings.StepSettings;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Runs the ceremonies for anyone who asks, which only a test may do. The state of a login is a map in memory. */
public final class CeremonyResource {

    private static final Map<String, Map<String, String>> LOGINS = new ConcurrentHashMap<>();

    private final KeycloakSession session;
    private final RealmModel realm;

    CeremonyResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    /** Opens a registration for a user: the options, and the id of the login. */
    @POST
    @Path("registration/options")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> registrationOptions(@QueryParam("user") String user) {
        String login = newLogin();
        new StandingProof(session, state(login), session.users().getUserById(realm, user), Clock.systemUTC()).keep();
        PasskeyRegistration ceremony = registration(login, user);
        return ceremony.obstacle(List.of(), List.of())
                .<Map<String, Object>>map(obstacle -> Map.of("obstacle", obstacle))
                .orElseGet(() -> ceremony.open(List.of())
                        .fold(
                                options -> Map.of("login", login, "options", options.toJson()),
                                reason -> Map.of("refused", reason.code())));
    }

    /** Judges the response to a registration. */
    @POST
    @Path("registration")
    @Produces(MediaType.APPLICATION_JSON)
    public Response register(@QueryParam("login") String login, @QueryParam("user") String user, String response) {
        Judgement<?> judgement =
                registration(login, user).judge(response, new NewName("made without a page", "passkey"), Replaced.NONE);
        return answer(judgement, stored -> "stored");
    }

    /** Opens a sign-in, for the user with this id or for any user: the options, and the id of the login. */
    @POST
    @Path("sign-in/options")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> signInOptions(@QueryParam("user") String user) {
        String login = newLogin();
        return signIn(login, user)
                .open()
                .fold(
                        options -> Map.of("login", login, "options", options.toJson()),
                        reason -> Map.of("refused", reason.code()));
    }

    /** Judges the response to a sign-in. */
    @POST
    @Path("sign-in")
    @Produces(MediaType.APPLICATION_JSON)
    public Response signIn(@QueryParam("login") String login, @QueryParam("user") String user, String response) {
        return answer(
                signIn(login, user).judge(response),
                verified -> verified.passkey().owner().getId());
    }

    private PasskeyRegistration registration(String login, String user) {
        return new PasskeyRegistration(
                session, state(login), session.users().getUserById(realm, user), RegistrationTerms.of(session));
    }

    private PasskeySignIn signIn(String login, String user) {
        LoginState state = state(login);
        LoginSubject subject =
                LoginSubject.of(session, realm, state, Optional.ofNullable(user).map(id -> session.users()
                        .getUserById(realm, id)));
        return new PasskeySignIn(
                session, state, subject, SignInTerms.of(RealmPolicy.of(session), StepSettings.of(realm, null)));
    }

    private static String newLogin() {
        String login = UUID.randomUUID().toString();
        LOGINS.put(login, new ConcurrentHashMap<>());
        return login;
    }

    private static LoginState state(String login) {
        return LoginState.of(LOGINS.get(login), List.of());
    }

    private static <T> Response answer(Judgement<T> judgement, Function<? super T, String> accepted) {
        Map<String, Object> answer = new LinkedHashMap<>();
        judgement
                .publicVerdict()
                .<Void>fold(
                        value -> put(answer, "accepted", accepted.apply(value)),
                        reason -> put(answer, "refused", code(reason)));
        answer.put("evidence", judgement.evidence().details());
        return Response.ok(answer).build();
    }

    private static String code(RefusalReason reason) {
        return reason.code();
    }

    private static Void put(Map<String, Object> answer, String member, String value) {
        answer.put(member, value);
        return null;
    }
}
