package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.login.StepRole.NameUse;
import io.github.keycloakpasskey.keycloak.login.StepRole.Proof;
import io.github.keycloakpasskey.testbed.LinkToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.services.managers.AuthenticationManager;

/** A login of a test: what happened in its browser tab so far, and where it is. */
final class LoginDraft {

    static final String BROWSER_FLOW = "browser";
    static final String POST_FLOW = "post-broker";
    static final String FIRST_FLOW = "first-broker";
    static final String RESET_FLOW = "reset";

    static final String PASSWORD = "auth-username-password-form";
    static final String OTP = "auth-otp-form";
    static final String COOKIE = "auth-cookie";
    static final String USERNAME = "auth-username-form";
    static final String PASSKEY = "passkey-authenticator";
    static final String PASSKEY_FORM = "passkey-username-password-form";
    static final String THIRD_PARTY = "sms-authenticator";
    static final String THIRD_PARTY_FORM = "branded-password-form";

    private static final Map<String, StepRole> DECLARED = Map.of(
            PASSKEY, new StepRole(Proof.PASSKEY, NameUse.TAKES_NAME),
            PASSKEY_FORM, new StepRole(Proof.USER, NameUse.TAKES_NAME));

    private final Map<String, String> notes = new HashMap<>();
    private final List<ExecutedStep> steps = new ArrayList<>();
    private final LoginState state = LoginState.of(notes, steps);
    private final StepRoles roles;
    private String flow = BROWSER_FLOW;
    private FlowKind kind = FlowKind.SIGN_IN;
    private Optional<String> user = Optional.empty();
    private boolean session;

    private LoginDraft(StepRoles roles) {
        this.roles = roles;
    }

    /** A login that has just opened the sign-in page, in a realm that names no steps of third parties. */
    static LoginDraft begun() {
        return new LoginDraft(StepRoles.of(DECLARED, Set.of(), Set.of()));
    }

    /** The same in a realm that trusts the steps of third parties. */
    static LoginDraft begunWithThirdParties() {
        return new LoginDraft(StepRoles.of(DECLARED, Set.of(THIRD_PARTY, THIRD_PARTY_FORM), Set.of(THIRD_PARTY_FORM)));
    }

    static StepRoles rolesWithThirdParties() {
        return StepRoles.of(DECLARED, Set.of(THIRD_PARTY), Set.of(THIRD_PARTY_FORM));
    }

    LoginState state() {
        return state;
    }

    UserSwitchGuard guard() {
        return new UserSwitchGuard(state, roles);
    }

    LoginProofs proofs() {
        return new LoginProofs(state, roles);
    }

    FlowPosition position() {
        return new FlowPosition(flow, kind, user);
    }

    /** Goes on in another flow. */
    LoginDraft in(String anotherFlow, FlowKind anotherKind) {
        flow = anotherFlow;
        kind = anotherKind;
        return this;
    }

    /** Keycloak sets the login's user. */
    LoginDraft as(String anotherUser) {
        user = Optional.of(anotherUser);
        return this;
    }

    /** Keycloak takes the user from the login. */
    LoginDraft asNobody() {
        user = Optional.empty();
        return this;
    }

    /** A step of this extension is executed for the login's user. */
    LoginDraft seen() {
        guard().recordUser(position());
        return this;
    }

    /** A step of the running flow succeeds. */
    LoginDraft passed(String authenticator) {
        steps.add(new ExecutedStep(authenticator, flow, true));
        return this;
    }

    /** A step of the running flow is executed without success. */
    LoginDraft failed(String authenticator) {
        steps.add(new ExecutedStep(authenticator, flow, false));
        return this;
    }

    /** A sub-flow of the running flow succeeds. */
    LoginDraft passedSubFlow() {
        steps.add(new ExecutedStep(null, flow, true));
        return this;
    }

    /** The login's user signs in with a passkey. */
    LoginDraft withPasskey() {
        state.complete(new CompletedPasskey(user.orElseThrow(), "row", 1764590400, "step", true, Map.of()));
        return this;
    }

    /** The login's user must create a passkey before the login ends. */
    LoginDraft withPasskeyToCreate() {
        state.requireNewPasskeyOf(user.orElseThrow());
        return this;
    }

    /** An identity provider sets the login's user, and the flow that follows it has not ended. */
    LoginDraft broughtByBroker(String brokered) {
        notes.put(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT, "{}");
        notes.put(Details.IDENTITY_PROVIDER, "provider");
        return as(brokered);
    }

    /** The flow that follows an identity provider ends. */
    LoginDraft afterBroker() {
        notes.remove(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        return this;
    }

    LoginDraft bySingleSignOn() {
        notes.put(AuthenticationManager.SSO_AUTH, "true");
        return this;
    }

    LoginDraft withSession() {
        session = true;
        return this;
    }

    /** The recipient of an e-mail opens its link. */
    LoginDraft byLink(String action, String recipient) {
        notes.put(DefaultActionTokenKey.ACTION_TOKEN_USER_ID, recipient);
        notes.put(Constants.KEY, LinkToken.of(action, recipient));
        return this;
    }

    LoginDraft byRecoveryLinkOf(String recipient) {
        return byLink(ResetCredentialsActionToken.TOKEN_TYPE, recipient);
    }

    LoginDraft byProviderLinkOf(String recipient) {
        return byLink(IdpVerifyAccountLinkActionToken.TOKEN_TYPE, recipient);
    }

    LoginDraft linkingByEmail() {
        notes.put(IdpEmailVerificationAuthenticator.VERIFY_ACCOUNT_IDP_USERNAME, "grace");
        return this;
    }

    /** Keycloak restarts the flow, with what the app asked for. */
    LoginDraft restarted() {
        LoginRequest request = LoginRequest.of(state);
        notes.clear();
        steps.clear();
        request.restore(state);
        return asNobody().in(BROWSER_FLOW, FlowKind.SIGN_IN);
    }

    boolean requiresRestart() {
        return guard().requiresRestart(position(), () -> session);
    }

    boolean refusesEnd() {
        return guard().refusesEndOf(position());
    }

    boolean refusesCompletion() {
        return guard().refusesCompletionFor(user.orElseThrow());
    }
}
