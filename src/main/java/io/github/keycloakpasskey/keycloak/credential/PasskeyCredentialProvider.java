package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.server.KnownAuthenticator;
import io.github.keycloakpasskey.keycloak.settings.PasskeyIds;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.webauthn.AuthenticationExpectation;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.CredentialMetadata;
import org.keycloak.credential.CredentialMetadata.LocalizedMessage;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.CredentialProvider;
import org.keycloak.credential.CredentialTypeMetadata;
import org.keycloak.credential.CredentialTypeMetadataContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.DateTimeFormatterUtil;
import org.keycloak.theme.Theme;

/** Keycloak's view of passkeys: creates, deletes, shows and checks credentials of type {@code passkey}. */
final class PasskeyCredentialProvider implements CredentialProvider<PasskeyCredentialModel>, CredentialInputValidator {

    /**
     * The name of Keycloak's property for the provider of an authenticator: from 26.7 the account console shows its value
     * below the label of the credential, before as any property.
     */
    private static final String AUTHENTICATOR_PROVIDER = "webauthn-authenticator-provider";

    private final KeycloakSession session;
    private final Duration lastUsedPrecision;

    PasskeyCredentialProvider(KeycloakSession session, Duration lastUsedPrecision) {
        this.session = session;
        this.lastUsedPrecision = lastUsedPrecision;
    }

    /** The one of this session. */
    static PasskeyCredentialProvider of(KeycloakSession session) {
        return (PasskeyCredentialProvider) session.getProvider(CredentialProvider.class, PasskeyIds.CREDENTIAL_TYPE);
    }

    @Override
    public String getType() {
        return PasskeyIds.CREDENTIAL_TYPE;
    }

    /**
     * Stores a passkey under its derived id, for every caller: the registration, an import of users, the admin API.
     * Only an import of {@code federatedUsers} bypasses credential providers and keeps the ids of its file.
     *
     * @throws ModelDuplicateException if the credential id is stored in this realm already
     * @throws ModelException if the credential's document is no passkey record
     */
    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, PasskeyCredentialModel model) {
        model.setId(RowId.of(realm.getId(), recordOf(model).credential().id()));
        CredentialRows rows = new CredentialRows(session);
        if (rows.owner(model.getId()).isPresent()) {
            throw new ModelDuplicateException("this passkey is registered already");
        }
        if (model.getCreatedDate() == null) {
            model.setCreatedDate(Clock.systemUTC().millis());
        }
        if (model.getUserLabel() != null) {
            model.setUserLabel(Label.unique(model.getUserLabel(), rows.labels(user.getId())));
        }
        return user.credentialManager().createStoredCredential(model);
    }

    private static PasskeyRecord recordOf(PasskeyCredentialModel model) {
        try {
            PasskeyRecord record = model.record();
            if (!record.credential().hasUsableKey()) {
                throw new ModelException("credentialData: the publicKey is no key that can be used");
            }
            return record;
        } catch (IllegalArgumentException unreadable) {
            throw new ModelException("credentialData: " + unreadable.getMessage(), unreadable);
        }
    }

    @Override
    public boolean deleteCredential(RealmModel realm, UserModel user, String id) {
        return user.credentialManager().removeStoredCredentialById(id);
    }

    @Override
    public PasskeyCredentialModel getCredentialFromModel(CredentialModel model) {
        return PasskeyCredentialModel.of(model);
    }

    @Override
    public boolean supportsCredentialType(String type) {
        return PasskeyIds.CREDENTIAL_TYPE.equals(type);
    }

    /**
     * Whether the user has a passkey of this type. A built-in one does not count, although it signs in: the account console
     * would show a passkey that does not exist.
     */
    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String type) {
        return supportsCredentialType(type)
                && Passkeys.stream(user, List.of(PasskeyType.PASSKEY)).findAny().isPresent();
    }

    /** Checks a sign-in, updates the stored record, and leaves the result in the input. */
    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        if (!(input instanceof SignInInput signIn)
                || !signIn.passkey().owner().getId().equals(user.getId())) {
            return false;
        }
        CheckedSignIn checked = check(signIn.passkey(), signIn.attempt());
        signIn.check(checked);
        return checked.verdict().refusal().isEmpty();
    }

    private CheckedSignIn check(Passkey passkey, SignInAttempt attempt) {
        AuthenticationExpectation expected = new AuthenticationExpectation(
                attempt.challenge(), passkey.credential(), Passkeys.of(session).handle(passkey), attempt.userKnown());
        SignInUpdate update = new SignInUpdate(
                session.getContext().getRealm().getId(),
                new CredentialRows(session),
                Clock.systemUTC(),
                lastUsedPrecision);
        return attempt.relyingParty()
                .verifyAuthentication(expected, attempt.response())
                .fold(
                        assertion ->
                                new CheckedSignIn(Optional.of(assertion), update.apply(passkey, assertion, attempt)),
                        reason -> new CheckedSignIn(Optional.empty(), Verdict.refused(reason)));
    }

    /**
     * What the account console shows of all passkeys, and whether they can be removed: Keycloak asks before it shows the
     * button, and again before it removes one.
     *
     * @param context its user is null where Keycloak asks about no certain user
     */
    @Override
    public CredentialTypeMetadata getCredentialTypeMetadata(CredentialTypeMetadataContext context) {
        UserModel user = context.getUser();
        return CredentialTypeMetadata.builder()
                .type(getType())
                .category(CredentialTypeMetadata.Category.PASSWORDLESS)
                .displayName("passkey-display-name")
                .helpText("passkey-help-text")
                .iconCssClass("kcAuthenticatorWebAuthnPasswordlessClass")
                .createAction(PasskeyIds.REGISTER_ACTION)
                .removeable(user == null || !new LastWayIn(session).mustKeepPasskey(user))
                .build(session);
    }

    /** What the account console shows of one passkey. */
    @Override
    public CredentialMetadata getCredentialMetadata(PasskeyCredentialModel model, CredentialTypeMetadata type) {
        CredentialMetadata metadata = new CredentialMetadata();
        metadata.setCredentialModel(model);
        UserModel user = session.getContext().getUser();
        Passkey.of(user, model).ifPresent(passkey -> describe(passkey, metadata));
        if (!type.isRemoveable() && new LastWayIn(session).mustKeepPasskey(user)) {
            metadata.setInfoMessage("passkey-credential-last");
        }
        return metadata;
    }

    private void describe(Passkey passkey, CredentialMetadata metadata) {
        CredentialRecord credential = passkey.credential();
        List<LocalizedMessage> properties = new ArrayList<>();
        credential.aaguid().flatMap(KnownAuthenticator::find).ifPresent(model -> {
            model.showIconsOf(metadata);
            properties.add(message(AUTHENTICATOR_PROVIDER, model.name()));
        });
        PasskeyPlace.of(credential)
                .ifPresent(place ->
                        properties.add(message("passkey-credential-place", textFor(passkey, place.messageKey()))));
        passkey.record()
                .lastUsed()
                .ifPresent(instant ->
                        properties.add(message("passkey-credential-last-used", localTime(passkey, instant))));
        passkey.record().cloneSuspected().ifPresent(instant -> {
            properties.add(message("passkey-credential-clone-noticed", localTime(passkey, instant)));
            metadata.setWarningMessageTitle("passkey-credential-clone-suspected");
            metadata.setWarningMessageDescription("passkey-credential-clone-suspected-help");
        });
        metadata.setInfoProperties(properties);
    }

    private String localTime(Passkey passkey, Instant instant) {
        return DateTimeFormatterUtil.getDateTimeFromMillis(
                instant.toEpochMilli(), session.getContext().resolveLocale(passkey.owner()));
    }

    /** The console translates the name of a property, and shows its value as it is. */
    private String textFor(Passkey passkey, String key) {
        Locale language = session.getContext().resolveLocale(passkey.owner());
        try {
            return session.theme()
                    .getTheme(Theme.Type.ACCOUNT)
                    .getEnhancedMessages(session.getContext().getRealm(), language)
                    .getProperty(key, key);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static LocalizedMessage message(String key, String... parameters) {
        return new LocalizedMessage(key, parameters);
    }
}
