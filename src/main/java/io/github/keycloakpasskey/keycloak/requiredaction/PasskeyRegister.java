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
import io.github.keycloakpasskey.keycloak.policy.RealmPolicy;
import io.github.keycloakpasskey.webauthn.Challenge;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.FailureReason;
import io.github.keycloakpasskey.webauthn.RegistrationOptions;
import io.github.keycloakpasskey.webauthn.RegistrationResponse;
import io.github.keycloakpasskey.webauthn.Verdict;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.CredentialRegistrator;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page on which a person makes a passkey, and what becomes of it. */
final class PasskeyRegister implements RequiredActionProvider, CredentialRegistrator {

    private static final String PAGE = "passkey-register.ftl";
    private static final String LABEL = "passkeyLabel";
    private static final String DEFAULT_LABEL = "passkey-default-label";

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public String getCredentialType(KeycloakSession session, AuthenticationSessionModel login) {
        return PasskeyCredentialModel.TYPE;
    }

    /** Only who is asked for a passkey by a realm, an app or an administrator makes one. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        // No trigger of its own.
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (skipsIfExists(context) && Passkeys.of(context.getSession()).hasAny(context.getUser())) {
            context.success();
        } else {
            show(context);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        context.getEvent()
                .event(EventType.UPDATE_CREDENTIAL)
                .detail(Details.CREDENTIAL_TYPE, PasskeyCredentialModel.TYPE);
        register(context).decide(passkey -> context.success(), reason -> refuse(context, reason));
    }

    private static boolean skipsIfExists(RequiredActionContext context) {
        String parameter = context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER);
        return Constants.KC_ACTION_PARAMETER_SKIP_IF_EXISTS.equals(parameter);
    }

    private static void show(RequiredActionContext context) {
        Passkeys passkeys = Passkeys.of(context.getSession());
        UserModel user = context.getUser();
        RegistrationOptions options = RealmPolicy.of(context.getSession())
                .relyingParty()
                .registrationOptions(passkeys.entity(user), passkeys.descriptors(user));
        List<String> labels = passkeys.ownedBy(user).stream()
                .map(Passkey::label)
                .filter(Objects::nonNull)
                .toList();
        PasskeyPage.open(context.form(), context.getAuthenticationSession(), options, labels);
        PasskeyPage.complete(context.form(), context.getAuthenticationSession(), new MultivaluedHashMap<>());
        context.challenge(context.form().createForm(PAGE));
    }

    private static Verdict<Passkey> register(RequiredActionContext context) {
        Verdict<Challenge> challenge = Challenges.take(context.getAuthenticationSession(), Ceremony.REGISTRATION);
        RealmPolicy policy = RealmPolicy.of(context.getSession());
        return PasskeyPost.of(context.getHttpRequest().getDecodedFormParameters())
                .answer()
                .then(RegistrationResponse::parse)
                .then(response -> challenge.then(open -> policy.relyingParty().verifyRegistration(open, response)))
                .then(credential -> store(context, credential, policy.rpId()));
    }

    private static Verdict<Passkey> store(RequiredActionContext context, CredentialRecord credential, String rpId) {
        Passkeys passkeys = Passkeys.of(context.getSession());
        Optional<String> wanted = Optional.ofNullable(
                context.getHttpRequest().getDecodedFormParameters().getFirst(LABEL));
        String label = passkeys.label(wanted, credential, context.form().getMessage(DEFAULT_LABEL));
        PasskeyEvents.describe(context.getEvent(), credential);
        PasskeyEvents.report(context.getEvent(), credential.userVerified(), credential.backedUp());
        return passkeys.register(context.getUser(), credential, rpId, label).then(passkey -> {
            PasskeyEvents.name(context.getEvent(), passkey.label());
            return Verdict.accepted(passkey);
        });
    }

    private static void refuse(RequiredActionContext context, FailureReason reason) {
        Refusal refusal = Refusal.of(reason);
        PasskeyEvents.refuse(context.getEvent(), refusal);
        context.form().setError(refusal.messageKey());
        show(context);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
