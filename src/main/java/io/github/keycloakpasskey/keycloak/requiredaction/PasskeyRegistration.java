package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.ceremony.Ceremony;
import io.github.keycloakpasskey.keycloak.ceremony.Challenges;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyEvents;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.credential.StoredRegistration;
import io.github.keycloakpasskey.keycloak.login.ActionLink;
import io.github.keycloakpasskey.keycloak.login.Recovery;
import io.github.keycloakpasskey.keycloak.page.PasskeyPage;
import io.github.keycloakpasskey.keycloak.page.PasskeyPost;
import io.github.keycloakpasskey.keycloak.page.Refusal;
import io.github.keycloakpasskey.keycloak.page.RegistrationPage;
import io.github.keycloakpasskey.keycloak.page.ReplaceablePasskey;
import io.github.keycloakpasskey.keycloak.settings.AttestationSources;
import io.github.keycloakpasskey.keycloak.settings.PasskeySettings;
import io.github.keycloakpasskey.keycloak.settings.RealmPolicy;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.RelyingParty;
import io.github.keycloakpasskey.webauthn.Verdict;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;
import org.keycloak.sessions.AuthenticationSessionModel;

/** One time that a person makes a passkey: opens the ceremony, judges its answer, stores what it made. */
final class PasskeyRegistration {

    private static final String VERIFY_EMAIL = UserModel.RequiredAction.VERIFY_EMAIL.name();
    private static final String PAGE = "passkey-register.ftl";
    private static final String FULL_PAGE = "passkey-full.ftl";
    private static final String REPLACE_PAGE = "passkey-replace.ftl";
    private static final String LABEL = "passkeyLabel";
    private static final String DEFAULT_LABEL = "passkey-default-label";

    private final RequiredActionContext context;
    private final Passkeys passkeys;
    private final Replacement replacement;
    private final RealmPolicy policy;
    private final PasskeySettings settings;
    private final RelyingParty relyingParty;
    private final EventBuilder event;

    PasskeyRegistration(RequiredActionContext context, AttestationSources sources) {
        this.context = context;
        this.passkeys = Passkeys.of(context.getSession());
        this.replacement = new Replacement(context, passkeys);
        this.policy = RealmPolicy.of(context.getSession());
        this.settings = policy.settings();
        this.relyingParty = policy.relyingParty(settings, sources);
        // A copy: what it is told of the new passkey must not turn up in the LOGIN event that Keycloak
        // goes on to make of the original.
        this.event = context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, PasskeyCredentialModel.TYPE);
    }

    /** A user who lives no longer than the session has nowhere to keep a passkey. */
    boolean isImpossible() {
        return LightweightUserAdapter.isLightweightUser(context.getUser());
    }

    /**
     * Where a login is still to verify an e-mail address, the passkey is made only afterwards, whatever the order of the
     * realm's required actions: else somebody could make one for an account with an address of another person, who
     * takes the account over in good faith. Also where the address has been verified meanwhile, by another login: that
     * this is the same person, Keycloak's action sees to.
     */
    boolean comesAfterEmail() {
        UserModel user = context.getUser();
        RequiredActionProviderModel verification = context.getRealm().getRequiredActionProviderByAlias(VERIFY_EMAIL);
        boolean isAskedOfLogin =
                context.getAuthenticationSession().getRequiredActions().contains(VERIFY_EMAIL);
        boolean isAskedOfUser =
                !user.isEmailVerified() && user.getRequiredActionsStream().anyMatch(VERIFY_EMAIL::equals);
        return (isAskedOfLogin || isAskedOfUser)
                && !Validation.isBlank(user.getEmail())
                && verification != null
                && verification.isEnabled();
    }

    /** Whether an app asks for a passkey, and nobody else: only then is there something to cancel. */
    boolean isAskedByTheApp() {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        return login.getClientNote(Constants.KC_ACTION_EXECUTING) != null
                && !Boolean.parseBoolean(login.getClientNote(Constants.KC_ACTION_ENFORCED));
    }

    /** An app can ask for a passkey only where there is none. */
    boolean isNotNeeded() {
        String parameter = context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER);
        return isAskedByTheApp()
                && Constants.KC_ACTION_PARAMETER_SKIP_IF_EXISTS.equals(parameter)
                && passkeys.hasAny(context.getUser());
    }

    /** The user has as many passkeys as the realm allows, and none of them goes. */
    boolean isFull() {
        OptionalInt most = settings.mostPasskeys();
        return most.isPresent()
                && replacement.replaced().isEmpty()
                && replacement.kept().size() >= most.getAsInt();
    }

    Replacement replacement() {
        return replacement;
    }

    /** Says that there is no room for another passkey; the only way is back. */
    Response fullPage() {
        context.form().setError(Refusal.of(FailureReason.TOO_MANY_PASSKEYS).messageKey());
        return context.form().createForm(FULL_PAGE);
    }

    /**
     * The page with a new ceremony, which keeps all authenticators out that hold a passkey already; or why nobody can
     * make a passkey.
     */
    Response page() {
        return policy.obstacle().map(this::refuse).orElseGet(() -> page(""));
    }

    private Response page(String typed) {
        UserModel user = context.getUser();
        List<CredentialDescriptor> kept = replacement.kept().stream()
                .map(passkey -> passkey.credential().descriptor())
                .toList();
        RegistrationOptions options = relyingParty.registrationOptions(passkeys.entity(user), kept);
        RegistrationPage.open(
                context.form(), context.getAuthenticationSession(), options, labels(replacement.kept()), typed);
        PasskeyPage.complete(context.form(), context.getAuthenticationSession(), new MultivaluedHashMap<>(), false);
        return context.form()
                .setAttribute("replacedLabels", labels(replacement.replaced()))
                .setAttribute("replacementChosen", replacement.isChosen())
                .setAttribute("onlyWayIn", passkeys.isWithoutWayIn(user))
                .createForm(PAGE);
    }

    private static List<String> labels(List<Passkey> passkeys) {
        return passkeys.stream().map(Passkey::label).filter(Objects::nonNull).toList();
    }

    /** Asks which of the user's passkeys the new one takes the place of. */
    Response replacePage() {
        PasskeyPage.complete(context.form(), context.getAuthenticationSession(), new MultivaluedHashMap<>(), false);
        return context.form()
                .setAttribute("passkeys", ReplaceablePasskey.of(replacement.kept(), context.getSession()))
                .setAttribute("replacementOptional", replacement.isOptional())
                .createForm(REPLACE_PAGE);
    }

    /** Judges what was posted; the passkey is stored where it is accepted. */
    Verdict<StoredRegistration> judge() {
        Verdict<Challenge> challenge =
                Challenges.take(context.getSession(), context.getAuthenticationSession(), Ceremony.REGISTRATION);
        return PasskeyPost.of(context.getHttpRequest().getDecodedFormParameters())
                .answer()
                .then(RegistrationResponse::parse)
                .then(response -> challenge.then(open -> verify(open, response)))
                .then(this::store);
    }

    private Verdict<CredentialRecord> verify(Challenge open, RegistrationResponse response) {
        return policy.obstacle()
                .map(Verdict::<CredentialRecord>refused)
                .orElseGet(() -> relyingParty.verifyRegistration(open, response));
    }

    /** @throws ErrorPageException if another login has stored a passkey with the link that led here */
    void refuseUsedLink() {
        if (ActionLink.isUsedUp(context.getSession(), context.getAuthenticationSession())) {
            throw linkIsUsed();
        }
    }

    private ErrorPageException linkIsUsed() {
        event.error(Errors.EXPIRED_CODE);
        return new ErrorPageException(
                context.getSession(),
                context.getAuthenticationSession(),
                Response.Status.BAD_REQUEST,
                Messages.EXPIRED_ACTION);
    }

    private Verdict<StoredRegistration> store(CredentialRecord credential) {
        if (!ActionLink.use(context.getSession(), context.getAuthenticationSession())) {
            throw linkIsUsed();
        }
        PasskeyEvents.describe(event, credential);
        PasskeyEvents.report(event, credential.userVerified(), credential.backedUp());
        String label = passkeys.label(postedLabel(), credential, context.form().getMessage(DEFAULT_LABEL));
        return passkeys.register(
                context.getUser(), credential, policy.rpId(), label, settings.mostPasskeys(), replacement.replaced());
    }

    private String postedLabel() {
        String posted = context.getHttpRequest().getDecodedFormParameters().getFirst(LABEL);
        return Objects.requireNonNullElse(posted, "");
    }

    /** Records what was stored and what it replaced; a recovery has done its work. */
    void confirm(StoredRegistration stored) {
        PasskeyEvents.name(event, stored.passkey().label());
        event.success();
        stored.replaced().forEach(this::confirmRemoval);
        if (Recovery.isGoingOn(context.getAuthenticationSession(), context.getUser())) {
            Recovery.unlock(context.getSession(), context.getRealm(), context.getUser());
        }
    }

    private void confirmRemoval(Passkey replaced) {
        EventBuilder removal = context.getEvent()
                .clone()
                .event(EventType.REMOVE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, PasskeyCredentialModel.TYPE)
                .detail(Details.CREDENTIAL_ID, replaced.id())
                .detail(Details.CREDENTIAL_USER_LABEL, replaced.label());
        PasskeyEvents.describe(removal, replaced.credential());
        PasskeyEvents.name(removal, replaced.label());
        removal.success();
    }

    /** Records a refusal, and gives the page again with its message and what was typed, if it is of any use. */
    Response refuse(FailureReason reason) {
        Refusal.of(reason).tell(event, context.form());
        return policy.obstacle().isPresent() ? context.form().createForm(FULL_PAGE) : page(postedLabel());
    }
}
