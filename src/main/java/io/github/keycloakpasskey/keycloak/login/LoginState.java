package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.Action;

/**
 * What is kept of one login in one browser tab: the notes of this extension, each declared here with its type, and those
 * of Keycloak's own notes and steps that decisions rest on.
 *
 * <p>Notes of an authentication session are read and written here, and only where an older Keycloak lacks a method that
 * sets one of its own, in the package {@code server}. The state can be created from a map as well, so that
 * {@link UserSwitchGuard} needs no server to be tested.
 */
public final class LoginState {

    private static final Note<OpenChallenge> CHALLENGE = new Note<>("passkey.open-challenge", OpenChallenge.class);
    private static final Note<CompletedPasskey> COMPLETED = new Note<>("passkey.completed", CompletedPasskey.class);
    private static final Note<AttemptedUsername> ATTEMPTED = new Note<>("passkey.attempted", AttemptedUsername.class);
    private static final Note<PasskeyRecovery> RECOVERY = new Note<>("passkey.recovery-of", PasskeyRecovery.class);
    private static final Note<String> REPLACED = new Note<>("passkey.chosen", String.class);
    private static final Note<String> CREATING = new Note<>("passkey.creating", String.class);
    private static final Note<String> POSTPONED = new Note<>("passkey.postponed", String.class);
    private static final Note<String> LINK = new Note<>("passkey.link", String.class);
    private static final Note<Boolean> LINK_TAKEN = new Note<>("passkey.link-taken", Boolean.class);
    private static final Note<Boolean> CHOOSING = new Note<>("passkey.choosing", Boolean.class);
    private static final Note<ProofSnapshot> PROOF = new Note<>("passkey.proof", ProofSnapshot.class);
    private static final Note<String[]> CREDENTIALS =
            new Note<>(AuthenticationProcessor.AUTHN_CREDENTIALS, String[].class);
    private static final Note<UsersSeen> SEEN_AFTER_BROKER = new Note<>("passkey.seen-after-broker", UsersSeen.class);

    /** Ours, and those of Keycloak's built-in steps. */
    private static final Set<String> PASSKEY_TYPES = Set.of(
            PasskeyIds.CREDENTIAL_TYPE,
            WebAuthnCredentialModel.TYPE_PASSWORDLESS,
            WebAuthnCredentialModel.TYPE_TWOFACTOR);

    private final Notes notes;
    private final Notes clientNotes;
    private final Supplier<Stream<ExecutedStep>> steps;
    private final Supplier<Set<String>> requiredActions;
    private final Supplier<Boolean> inRequiredActions;
    private final Supplier<Optional<String>> identityProvider;

    private LoginState(
            Notes notes,
            Notes clientNotes,
            Supplier<Stream<ExecutedStep>> steps,
            Supplier<Set<String>> requiredActions,
            Supplier<Boolean> inRequiredActions,
            Supplier<Optional<String>> identityProvider) {
        this.notes = notes;
        this.clientNotes = clientNotes;
        this.steps = steps;
        this.requiredActions = requiredActions;
        this.inRequiredActions = inRequiredActions;
        this.identityProvider = identityProvider;
    }

    /** The state of a login in Keycloak. */
    public static LoginState of(AuthenticationSessionModel session) {
        return new LoginState(
                Notes.ofSteps(session),
                Notes.ofClient(session),
                () -> ExecutedStep.of(session),
                session::getRequiredActions,
                () -> Action.REQUIRED_ACTIONS.name().equals(session.getAction()),
                () -> Optional.ofNullable(session.getUserSessionNotes().get(Details.IDENTITY_PROVIDER)));
    }

    /** The state of a login that has these notes, of whichever kind, and has executed these steps. Changes go into the map. */
    public static LoginState of(Map<String, String> notes, List<ExecutedStep> steps) {
        return new LoginState(
                Notes.of(notes),
                Notes.of(notes),
                steps::stream,
                Set::of,
                () -> false,
                () -> Optional.ofNullable(notes.get(Details.IDENTITY_PROVIDER)));
    }

    // The notes of this extension.

    /** The challenge that the open page waits with. */
    public Optional<OpenChallenge> openChallenge() {
        return CHALLENGE.read(notes);
    }

    /** Replaces an older challenge. */
    public void open(OpenChallenge challenge) {
        CHALLENGE.write(notes, challenge);
    }

    public void closeChallenge() {
        CHALLENGE.remove(notes);
    }

    /**
     * The passkey with which this user was verified in this login.
     *
     * @return empty if there was none, or if it was another user's
     */
    public Optional<CompletedPasskey> completedPasskeyOf(Optional<String> user) {
        return COMPLETED.read(notes).filter(passkey -> user.filter(passkey.owner()::equals)
                .isPresent());
    }

    public void complete(CompletedPasskey passkey) {
        COMPLETED.write(notes, passkey);
    }

    /** Whether the login has gone on to another step or to required actions since this step was posted to. */
    public boolean hasMovedOnFrom(String step) {
        String last =
                notes.get(AuthenticationProcessor.LAST_PROCESSED_EXECUTION).orElse(null);
        return inRequiredActions.get() || !Objects.equals(step, last);
    }

    /** Forgets a passkey whose owner is refused: the login counts as not verified. */
    public void forgetCompletedPasskey() {
        COMPLETED.remove(notes);
        CREDENTIALS.remove(notes);
    }

    /** Requires that this user creates a passkey before the login ends. */
    public void requireNewPasskeyOf(String user) {
        CREATING.write(notes, user);
    }

    /** Whether this user must create a passkey before the login ends, instead of the proof that a step asked for. */
    public boolean isNewPasskeyRequiredOf(Optional<String> user) {
        return user.isPresent() && CREATING.read(notes).equals(user);
    }

    /** Keeps that this user creates the required passkey at a later sign-in. */
    public void postpone(String user) {
        POSTPONED.write(notes, user);
    }

    public boolean isPostponedBy(String user) {
        return POSTPONED.read(notes).filter(user::equals).isPresent();
    }

    public void begin(PasskeyRecovery recovery) {
        RECOVERY.write(notes, recovery);
    }

    /** The recovery that this login is, if it is this user's. */
    public Optional<PasskeyRecovery> recoveryOf(String user) {
        return RECOVERY.read(notes).filter(recovery -> recovery.user().equals(user));
    }

    /** The id of the passkey that the user chose to replace. */
    public Optional<String> replacedPasskey() {
        return REPLACED.read(notes);
    }

    public void replace(Optional<String> passkey) {
        passkey.ifPresentOrElse(id -> REPLACED.write(notes, id), () -> REPLACED.remove(notes));
    }

    /** What proved the user when the steps of the login were done. */
    Optional<ProofSnapshot> proof() {
        return PROOF.read(notes);
    }

    void keep(ProofSnapshot proof) {
        PROOF.write(notes, proof);
    }

    UsersSeen usersSeenIn(FlowPosition position) {
        return seenIn(position).read(notes).orElse(UsersSeen.NONE);
    }

    void see(FlowPosition position) {
        position.user().ifPresent(user -> seenIn(position)
                .write(notes, usersSeenIn(position).with(user)));
    }

    void forgetUsersSeenIn(FlowPosition position) {
        seenIn(position).remove(notes);
    }

    UsersSeen usersSeenAfterBroker() {
        return SEEN_AFTER_BROKER.read(notes).orElse(UsersSeen.NONE);
    }

    /** All flows that follow an identity provider count as one, because Keycloak does not tell which of them has ended. */
    private static Note<UsersSeen> seenIn(FlowPosition position) {
        return position.kind() == FlowKind.POST_BROKER_LOGIN
                ? SEEN_AFTER_BROKER
                : new Note<>("passkey.seen-in." + position.flow(), UsersSeen.class);
    }

    // A name that was entered; in part Keycloak's own notes.

    /**
     * Keeps a name that was entered, for the steps that follow.
     *
     * @param account the id of the user with this name; empty if there is none
     */
    public void attempt(String name, Optional<String> account) {
        showAttemptedName(name);
        // Without this note, Keycloak's pages show the name of existing users only.
        notes.set(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN, "true");
        ATTEMPTED.write(notes, new AttemptedUsername(account.orElse(null), name));
    }

    /** Sets the name that Keycloak's pages show and events report. */
    public void showAttemptedName(String name) {
        notes.set(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, name);
    }

    public void forgetAttemptedName() {
        notes.remove(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
        notes.remove(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN);
        ATTEMPTED.remove(notes);
    }

    /** The name that was entered, or that a step of Keycloak's has set. */
    public Optional<String> attemptedName() {
        return notes.get(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
    }

    /** Whether an earlier step asked for the name on a page of its own. */
    public boolean isNameFromEarlierStep() {
        return notes.get(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN)
                .filter("true"::equalsIgnoreCase)
                .isPresent();
    }

    /** The id of the user whose name was entered, as long as it is the name of the login. Nothing is proven of that user. */
    public Optional<String> attemptedAccount() {
        return ATTEMPTED
                .read(notes)
                .filter(attempted ->
                        attemptedName().filter(attempted.name()::equals).isPresent())
                .map(AttemptedUsername::account);
    }

    // Keycloak's own notes and steps.

    Stream<ExecutedStep> steps() {
        return steps.get();
    }

    Stream<ExecutedStep> passedSteps() {
        return steps().filter(ExecutedStep::isPassed);
    }

    /** The e-mailed link that the login came by last. A link of another kind replaces it. */
    Optional<OpenedLink> openedLink() {
        return notes.get(Constants.KEY).flatMap(OpenedLink::of);
    }

    /** Whether the login came by the link of this user's recovery e-mail. */
    public boolean isByRecoveryLinkOf(String user) {
        return openedLink().filter(link -> link.recovers(user)).isPresent();
    }

    /** Whether the login came by a link that an administrator had sent to this user. */
    public boolean isByAdministratorsLinkOf(String user) {
        return openedLink().filter(link -> link.isAdministratorsFor(user)).isPresent()
                || link().map(DefaultActionTokenKey::from)
                        .filter(key -> key.getActionId().equals(ExecuteActionsActionToken.TOKEN_TYPE))
                        .filter(key -> key.getUserId().equals(user))
                        .isPresent();
    }

    /** The key of the administrator's link that led to this login, once it is known to be one. */
    Optional<String> link() {
        return LINK.read(notes);
    }

    void keepLink(String key) {
        LINK.write(notes, key);
    }

    /** The key of the single-use token that the login came by last. Keycloak replaces it with that of a later token. */
    Optional<String> actionToken() {
        return notes.get(AuthenticationManager.INVALIDATE_ACTION_TOKEN);
    }

    boolean hasTakenLink() {
        return LINK_TAKEN.read(notes).orElse(false);
    }

    void takeLink() {
        LINK_TAKEN.write(notes, true);
    }

    void releaseLink() {
        LINK_TAKEN.remove(notes);
    }

    /** Whether the login came by the link of a recovery or of an administrator: its user may have lost their passkeys. */
    public boolean isByLinkForPasskeyOf(String user) {
        return recoveryOf(user).isPresent() || isByRecoveryLinkOf(user) || isByAdministratorsLinkOf(user);
    }

    /** Whether this user has confirmed by e-mail that an identity provider's account is theirs. */
    boolean isLinkedByEmailOf(String user) {
        return notes.get(IdpEmailVerificationAuthenticator.VERIFY_ACCOUNT_IDP_USERNAME)
                        .isPresent()
                && openedLink().filter(link -> link.confirmsProviderOf(user)).isPresent();
    }

    /** Whether an identity provider has just set the login's user, and the flow that follows it has not ended. */
    boolean isBeforeEndOfPostBrokerLogin() {
        return notes.get(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT).isPresent();
    }

    /** Whether the login has used another credential than a passkey, such as a password or a one-time code. */
    public boolean hasUsedOtherCredentials() {
        return CREDENTIALS.read(notes).stream().flatMap(Stream::of).anyMatch(type -> !PASSKEY_TYPES.contains(type));
    }

    /** Whether an identity provider has set the login's user. */
    boolean isBrokered() {
        return identityProvider.get().isPresent();
    }

    /** The alias of the identity provider that has set the login's user. */
    Optional<String> identityProvider() {
        return identityProvider.get();
    }

    /** Whether Keycloak ends the login after its required actions with a message, and does not sign the user in. */
    public boolean endsWithoutSession() {
        return notes.get(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS).isPresent();
    }

    /** Whether the login began with single sign-on. */
    boolean isSingleSignOn() {
        return notes.get(AuthenticationManager.SSO_AUTH).filter("true"::equals).isPresent();
    }

    /** The ids of the required actions that this login must execute, besides those that its user must. */
    public Set<String> requiredActions() {
        return requiredActions.get();
    }

    /** Whether the app asks for a passkey ({@code kc_action}), and nothing else requires it. */
    public boolean isActionOfApp() {
        return isRequestedByApp(PasskeyIds.REGISTER_ACTION)
                && clientNotes
                        .get(Constants.KC_ACTION_ENFORCED)
                        .filter("true"::equalsIgnoreCase)
                        .isEmpty();
    }

    /** Whether the app asks for this required action ({@code kc_action}), whether or not something else requires it too. */
    public boolean isRequestedByApp(String action) {
        return clientNotes
                .get(Constants.KC_ACTION_EXECUTING)
                .filter(action::equals)
                .isPresent();
    }

    /** The parameter that the app gave with {@code kc_action}. */
    public Optional<String> actionParameter() {
        return clientNotes.get(Constants.KC_ACTION_PARAMETER);
    }

    /** The user name that the app suggests ({@code login_hint}). */
    public Optional<String> loginHint() {
        return clientNotes.get(OIDCLoginProtocol.LOGIN_HINT_PARAM);
    }

    /** Has the page that is shown next say this error. */
    public void forwardError(String messageKey) {
        notes.set(LoginActionsService.FORWARDED_ERROR_MESSAGE_NOTE, messageKey);
    }

    /** Whether the open page lets the user choose the passkey that a new one replaces. */
    public boolean isChoosing() {
        return CHOOSING.read(notes).orElse(false);
    }

    /** Keeps which page is open: only its fields count. */
    public void choosing(boolean open) {
        CHOOSING.write(notes, open);
    }

    /** Forgets the organization that was found by the name that was entered. */
    public void forgetOrganizationOfName() {
        notes.remove(OrganizationModel.ORGANIZATION_ATTRIBUTE);
    }

    /** Forgets the organization of this login, the one that the app asked for as well. */
    public void forgetOrganization() {
        forgetOrganizationOfName();
        clientNotes.remove(OrganizationModel.ORGANIZATION_ATTRIBUTE);
    }

    /** Tells Keycloak's user name and password form that the user was known before, so that it asks for no name. */
    public void fixUserOfPasswordForm() {
        notes.set(AbstractUsernameFormAuthenticator.USER_SET_BEFORE_USERNAME_PASSWORD_AUTH, "true");
    }

    Optional<String> note(String name) {
        return notes.get(name);
    }

    void setNote(String name, String value) {
        notes.set(name, value);
    }
}
