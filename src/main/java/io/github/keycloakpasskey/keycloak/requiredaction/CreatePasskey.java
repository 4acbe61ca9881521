package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.ceremony.CeremonyEvidence;
import io.github.keycloakpasskey.keycloak.ceremony.EmailVerification;
import io.github.keycloakpasskey.keycloak.ceremony.Judgement;
import io.github.keycloakpasskey.keycloak.ceremony.KeycloakReason;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyRegistration;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyRegistration.NewName;
import io.github.keycloakpasskey.keycloak.ceremony.RegistrationObstacle;
import io.github.keycloakpasskey.keycloak.ceremony.RegistrationTerms;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.credential.Replaced;
import io.github.keycloakpasskey.keycloak.credential.StoredRegistration;
import io.github.keycloakpasskey.keycloak.login.LoginState;
import io.github.keycloakpasskey.keycloak.login.PasskeyRecovery;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.page.RegistrationPage;
import io.github.keycloakpasskey.keycloak.page.ReplaceablePasskey;
import io.github.keycloakpasskey.keycloak.page.SignInAgain;
import io.github.keycloakpasskey.keycloak.server.SignUp;
import io.github.keycloakpasskey.keycloak.settings.ForeignText;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import io.github.keycloakpasskey.webauthn.Verdict;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;

/** One execution of the required action: what it shows, and what becomes of what was posted. */
final class CreatePasskey {

    private static final String PAGE = "passkey-register.ftl";
    private static final String FULL_PAGE = "passkey-full.ftl";
    private static final String REPLACE_PAGE = "passkey-replace.ftl";
    private static final String LABEL = "passkeyLabel";
    /** Keycloak's own checkbox "Sign out from other devices". */
    private static final String SIGN_OUT_OTHERS = "logout-sessions";

    private static final String SIGNED_OUT = "on";
    private static final String LATER_OFFERED = "laterOffered";
    private static final String DEFAULT_LABEL = "passkey-default-label";

    private final RequiredActionContext context;
    private final UserModel user;
    private final LoginState login;
    private final Passkeys passkeys;
    private final Replacement replacement;
    private final Postponement postponement;
    private final RegistrationTerms terms;
    private final PasskeyRegistration ceremony;
    private final EventBuilder event;

    CreatePasskey(RequiredActionContext context) {
        this.context = context;
        this.user = context.getUser();
        this.login = LoginState.of(context.getAuthenticationSession());
        this.passkeys = Passkeys.of(context.getSession());
        this.replacement = new Replacement(context, passkeys);
        this.terms = RegistrationTerms.of(context.getSession());
        this.postponement = new Postponement(login, user.getId(), () -> terms.relyingParty()
                .fold(site -> passkeys.hasUsable(user, site.policy().rpId()), reason -> false));
        this.ceremony = new PasskeyRegistration(context.getSession(), login, user, terms);
        // A copy: Keycloak creates the LOGIN event from the original, which must not get the details of the new
        // passkey.
        this.event = context.getEvent().clone().event(EventType.UPDATE_CREDENTIAL);
        CeremonyEvidence.NONE.reportTo(event);
    }

    /** Whether the login requires nothing else, so that the link is of no use any more. */
    boolean isLastOfLink() {
        return login.requiredActions().stream().allMatch(PasskeyIds.REGISTER_ACTION::equals);
    }

    /** The page that says that the link was used. */
    Response linkUsedPage() {
        return linkUsedPage(Refusal.ofRegistration(KeycloakReason.LINK_USED));
    }

    /** The page that says that the link was used, after a post that was refused for whichever reason. */
    private Response linkUsedPage(Refusal refusal) {
        refusal.tell(event, context.form());
        context.form().setError(Refusal.ofRegistration(KeycloakReason.LINK_USED).messageKey());
        return context.form().createErrorPage(Response.Status.BAD_REQUEST);
    }

    /** The page that says that the passkey cannot be created, which the login requires. */
    Response notPossiblePage() {
        Refusal.ofRegistration(KeycloakReason.REQUIRED_ACTION_DISABLED).tell(event, context.form());
        return context.form().createErrorPage(Response.Status.BAD_REQUEST);
    }

    /** Whether this login must not end without a new passkey, because a step of its flow asks for one. */
    boolean isRequiredByStep() {
        return login.isNewPasskeyRequiredOf(Optional.of(user.getId()));
    }

    /** Whether the address is to be verified by an action that is disabled. */
    boolean isVerificationImpossible() {
        return EmailVerification.isImpossible(context.getRealm());
    }

    /** Leads back to the sign-in page, because what proved the user does not count any more. */
    Response signInAgain() {
        ceremony.proofLoss().map(CeremonyEvidence.NONE::losing).ifPresent(evidence -> evidence.reportTo(event));
        return signInAgain(Refusal.of(KeycloakReason.PROOF_LOST));
    }

    private Response signInAgain(Refusal refusal) {
        refusal.tell(event, context.form());
        return SignInAgain.because(refusal, context.getSession(), context.getAuthenticationSession());
    }

    /** What keeps the user from creating a passkey now. */
    Optional<RegistrationObstacle> obstacle() {
        return ceremony.obstacle(replacement.kept(), replacement.replaced());
    }

    /** Whether an app requests the passkey and nothing else requires it: only then the user can cancel. */
    boolean isRequestedByApp() {
        return login.isActionOfApp();
    }

    /** Whether the app requests a passkey only for users without one, and the user has one. */
    boolean isNotNeeded() {
        return isRequestedByApp()
                && login.actionParameter()
                        .filter(Constants.KC_ACTION_PARAMETER_SKIP_IF_EXISTS::equals)
                        .isPresent()
                && passkeys.hasAny(user);
    }

    boolean isFull() {
        return ceremony.isFull(replacement.kept(), replacement.replaced());
    }

    Replacement replacement() {
        return replacement;
    }

    Postponement postponement() {
        return postponement;
    }

    /** The page that says that the user can have no more passkeys. It leads only back to the app. */
    Response fullPage() {
        context.form()
                .setError(
                        Refusal.ofRegistration(KeycloakReason.TOO_MANY_PASSKEYS).messageKey());
        return createFullPage();
    }

    /** The page with a new ceremony, or the reason why no passkey can be created. */
    Response page() {
        return ceremony.open(replacement.kept())
                .fold(options -> page(options, ""), reason -> obstacle(Refusal.ofRegistration(reason)));
    }

    private Response page(RegistrationOptions options, String label) {
        login.choosing(false);
        new RegistrationPage(options, labels(replacement.kept()), label).addTo(context.form());
        return completeForm()
                .setAttribute("replacedLabels", labels(replacement.replaced()))
                .setAttribute("replacementChosen", replacement.isChosen())
                .setAttribute("sessionsOffered", canHaveOtherSessions())
                .setAttribute("onlyWayIn", passkeys.isWithoutWayIn(user))
                .setAttribute(LATER_OFFERED, postponement.isOffered())
                .createForm(PAGE);
    }

    /** A new user has no other sessions, and a recovery that removes passkeys ends them in any case. */
    private boolean canHaveOtherSessions() {
        return !SignUp.isIn(context.getAuthenticationSession()) && !replacement.removesAll();
    }

    private Response obstacle(Refusal refusal) {
        refusal.tell(event, context.form());
        return createFullPage();
    }

    private Response createFullPage() {
        return completeForm()
                .setAttribute(LATER_OFFERED, postponement.isOffered())
                .createForm(FULL_PAGE);
    }

    /** The form with all that each page of ours needs. */
    private LoginFormsProvider completeForm() {
        PasskeyPage.complete(
                context.getSession(),
                context.form(),
                context.getAuthenticationSession(),
                new MultivaluedHashMap<>(),
                false);
        return context.form();
    }

    private static List<String> labels(List<Passkey> passkeys) {
        return passkeys.stream().map(Passkey::label).filter(Objects::nonNull).toList();
    }

    /** The page on which the user chooses the passkey that the new one replaces. */
    Response replacePage() {
        login.choosing(true);
        return completeForm()
                .setAttribute("passkeys", ReplaceablePasskey.of(replacement.kept(), context.getSession()))
                .setAttribute("replacementOptional", replacement.isOptional())
                .createForm(REPLACE_PAGE);
    }

    /** Judges what was posted, and gives the event its evidence. An accepted passkey is stored. */
    Verdict<StoredRegistration, Refusal> judge() {
        PasskeyPost post = PasskeyPost.of(context.getHttpRequest().getDecodedFormParameters());
        Judgement<StoredRegistration> judgement = post.error()
                .map(ceremony::abort)
                .orElseGet(() -> ceremony.judge(
                        post.response(), newName(), new Replaced(replacement.replaced(), replacement.removesAll())));
        judgement.evidence().reportTo(event);
        return judgement.verdict().mapRefusal(Refusal::ofRegistration);
    }

    private NewName newName() {
        return new NewName(postedLabel(), context.form().getMessage(DEFAULT_LABEL));
    }

    private String postedLabel() {
        return Objects.requireNonNullElse(posted(LABEL), "");
    }

    private String posted(String field) {
        return context.getHttpRequest().getDecodedFormParameters().getFirst(field);
    }

    /** Writes the events of the stored passkey and of those that it replaced, and ends sessions that must or shall end. */
    void confirm(StoredRegistration stored) {
        event.success();
        stored.replaced().forEach(this::confirmRemoval);
        login.recoveryOf(user.getId()).ifPresent(this::confirmRecovery);
        if (SIGNED_OUT.equals(posted(SIGN_OUT_OTHERS))) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
    }

    /**
     * A recovery ends the user's lock. If it removes the older passkeys, someone else may have one of them, so it ends what
     * they have got by it as well: sessions here, and tokens since the passkey was stored.
     */
    private void confirmRecovery(PasskeyRecovery recovery) {
        unlock();
        if (recovery.removesOlder()) {
            AuthenticatorUtil.logoutOtherSessions(context);
        }
    }

    private void confirmRemoval(Passkey replaced) {
        EventBuilder removal = context.getEvent()
                .clone()
                .event(EventType.REMOVE_CREDENTIAL)
                .detail(Details.CREDENTIAL_ID, replaced.id())
                .detail(Details.CREDENTIAL_USER_LABEL, inEvent(replaced.label()));
        CeremonyEvidence.of(replaced.credential()).labelled(replaced.label()).reportTo(removal);
        removal.detail(Details.CREDENTIAL_TYPE, replaced.type().id()).success();
    }

    private static String inEvent(String label) {
        return label == null ? null : ForeignText.inEvent(label);
    }

    /** As Keycloak does when a password was reset: otherwise the new passkey could not sign in yet. */
    private void unlock() {
        UserLoginFailureModel failures =
                context.getSession().loginFailures().getUserLoginFailure(context.getRealm(), user.getId());
        if (failures != null) {
            failures.clearFailures();
        }
    }

    /** Ends the event with a refusal, and shows the page again with its message and the label that was entered. */
    Response refuse(Refusal refusal) {
        if (ceremony.proofLoss().isPresent()) {
            return signInAgain(refusal);
        }
        if (ceremony.isLinkUsed()) {
            return linkUsedPage(refusal);
        }
        refusal.tell(event, context.form());
        return ceremony.open(replacement.kept())
                .fold(options -> page(options, postedLabel()), reason -> createFullPage());
    }
}
