package io.github.keycloakpasskey.keycloak.requiredaction;

import io.github.keycloakpasskey.keycloak.ceremony.Ceremony;
import io.github.keycloakpasskey.keycloak.ceremony.Challenges;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyEvents;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPage;
import io.github.keycloakpasskey.keycloak.ceremony.PasskeyPost;
import io.github.keycloakpasskey.keycloak.ceremony.Refusal;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.PasskeyCredentialModel;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.keycloak.policy.AttestationSources;
import io.github.keycloakpasskey.keycloak.policy.RealmPolicy;
import io.github.keycloakpasskey.webauthn.Challenge;
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
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;

/** One time that a person makes a passkey: opens the ceremony, judges its answer, stores what it made. */
final class PasskeyRegistration {

    private static final String PAGE = "passkey-register.ftl";
    private static final String FULL_PAGE = "passkey-full.ftl";
    private static final String LABEL = "passkeyLabel";
    private static final String DEFAULT_LABEL = "passkey-default-label";

    private final RequiredActionContext context;
    private final Passkeys passkeys;
    private final RealmPolicy policy;
    private final RelyingParty relyingParty;
    private final EventBuilder event;

    PasskeyRegistration(RequiredActionContext context, AttestationSources sources) {
        this.context = context;
        this.passkeys = Passkeys.of(context.getSession());
        this.policy = RealmPolicy.of(context.getSession());
        this.relyingParty = policy.relyingParty(sources);
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

    /** An app can ask for a passkey only where there is none. */
    boolean isNotNeeded() {
        String parameter = context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER);
        return Constants.KC_ACTION_PARAMETER_SKIP_IF_EXISTS.equals(parameter) && passkeys.hasAny(context.getUser());
    }

    /** The user has as many passkeys as the realm allows. */
    boolean isFull() {
        OptionalInt most = policy.settings().mostPasskeys();
        return most.isPresent() && passkeys.ownedBy(context.getUser()).size() >= most.getAsInt();
    }

    /** Says that there is no room for another passkey; the only way is back. */
    Response fullPage() {
        context.form().setError(Refusal.of(FailureReason.TOO_MANY_PASSKEYS).messageKey());
        return context.form().createForm(FULL_PAGE);
    }

    /** The page with a new ceremony, which keeps all authenticators out that hold a passkey already. */
    Response page() {
        return page("");
    }

    private Response page(String typed) {
        UserModel user = context.getUser();
        RegistrationOptions options =
                relyingParty.registrationOptions(passkeys.entity(user), passkeys.descriptors(user));
        List<String> labels = passkeys.ownedBy(user).stream()
                .map(Passkey::label)
                .filter(Objects::nonNull)
                .toList();
        PasskeyPage.open(context.form(), context.getAuthenticationSession(), options, labels, typed);
        PasskeyPage.complete(context.form(), context.getAuthenticationSession(), new MultivaluedHashMap<>(), false);
        return context.form().createForm(PAGE);
    }

    /** Judges what was posted; the passkey is stored where it is accepted. */
    Verdict<Passkey> judge() {
        Verdict<Challenge> challenge =
                Challenges.take(context.getSession(), context.getAuthenticationSession(), Ceremony.REGISTRATION);
        return PasskeyPost.of(context.getHttpRequest().getDecodedFormParameters())
                .answer()
                .then(RegistrationResponse::parse)
                .then(response -> challenge.then(open -> relyingParty.verifyRegistration(open, response)))
                .then(this::store);
    }

    private Verdict<Passkey> store(CredentialRecord credential) {
        PasskeyEvents.describe(event, credential);
        PasskeyEvents.report(event, credential.userVerified(), credential.backedUp());
        String label = passkeys.label(postedLabel(), credential, context.form().getMessage(DEFAULT_LABEL));
        return passkeys.register(
                context.getUser(),
                credential,
                policy.rpId(),
                label,
                policy.settings().mostPasskeys());
    }

    private String postedLabel() {
        String posted = context.getHttpRequest().getDecodedFormParameters().getFirst(LABEL);
        return Objects.requireNonNullElse(posted, "");
    }

    void confirm(Passkey passkey) {
        PasskeyEvents.name(event, passkey.label());
        event.success();
    }

    /** Records a refusal, and gives the page again with its message and what was typed. */
    Response refuse(FailureReason reason) {
        Refusal.of(reason).tell(event, context.form());
        return page(postedLabel());
    }
}
