package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.server.KnownAuthenticator;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import io.github.keycloakpasskey.keycloak.settings.PasskeyTypes;
import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.UserEntity;
import io.github.keycloakpasskey.webauthn.Verdict;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;

/** The passkeys of a realm: finds them, stores new ones, and checks sign-ins. */
public final class Passkeys {

    private final KeycloakSession session;
    private final RealmModel realm;
    /** Read when they are first asked for. */
    private List<PasskeyType> types = List.of();

    private Passkeys(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The passkeys of the session's realm. */
    public static Passkeys of(KeycloakSession session) {
        return new Passkeys(session, session.getContext().getRealm());
    }

    /** The user's passkeys, from the user cache if it has them. */
    public List<Passkey> ownedBy(UserModel user) {
        return stream(user).toList();
    }

    private Optional<Passkey> ownedBy(UserModel user, Bytes credentialId) {
        return stream(user).filter(passkey -> passkey.hasId(credentialId)).findFirst();
    }

    /** Built-in passkeys come last, so that of two rows with the same credential ID ours is found. */
    Stream<Passkey> stream(UserModel user) {
        return stream(user, types());
    }

    /** Asks for all credentials at once: without the user cache, each question is a query. */
    static Stream<Passkey> stream(UserModel user, List<PasskeyType> types) {
        return user.credentialManager()
                .getStoredCredentialsStream()
                .filter(model -> PasskeyType.ofId(model.getType())
                        .filter(types::contains)
                        .isPresent())
                .map(model -> Passkey.of(user, model))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Passkey::type));
    }

    private List<PasskeyType> types() {
        if (types.isEmpty()) {
            types = PasskeyTypes.of(session);
        }
        return types;
    }

    public boolean hasAny(UserModel user) {
        return stream(user).findAny().isPresent();
    }

    /**
     * Whether the user has a passkey with which they can sign in here.
     *
     * @param rpId the relying party ID of sign-ins
     */
    public boolean hasUsable(UserModel user, String rpId) {
        return stream(user).anyMatch(passkey -> passkey.isUsable(rpId));
    }

    /**
     * Whether the user has no way to sign in: no credential and no link to an identity provider. False for users of
     * another storage, of whom that is unknown.
     */
    public boolean isWithoutWayIn(UserModel user) {
        return StorageId.isLocalStorage(user.getId())
                && !user.isFederated()
                && user.credentialManager()
                        .getStoredCredentialsStream()
                        .findAny()
                        .isEmpty()
                && session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .findAny()
                        .isEmpty();
    }

    /** The user's passkeys as options name them to a browser. */
    public List<CredentialDescriptor> descriptors(UserModel user) {
        return ListedPasskeys.of(ownedBy(user));
    }

    /**
     * Finds a passkey by its credential id.
     *
     * @param userHandle the owner that the authenticator names. It is not trusted: it only tells where to look, as built-in
     * passkeys can be found only through their owner
     * @param account the user whom the login is about, if known
     */
    public Optional<Passkey> find(Bytes credentialId, Optional<Bytes> userHandle, Optional<UserModel> account) {
        return userHandle
                .flatMap(types().size() == 1 ? UserHandle::userId : UserHandle::builtInUserId)
                .flatMap(userId -> findOf(userId, credentialId))
                .or(() -> account.flatMap(user -> ownedBy(user, credentialId)))
                .or(() -> new CredentialRows(session)
                        .owner(RowId.of(realm.getId(), credentialId))
                        .flatMap(userId -> findOf(userId, credentialId)));
    }

    private Optional<Passkey> findOf(String userId, Bytes credentialId) {
        return Optional.ofNullable(session.users().getUserById(realm, userId))
                .flatMap(user -> ownedBy(user, credentialId));
    }

    /** The user handle that the authenticator of this passkey was given; derived if it was not stored. */
    public Bytes handle(Passkey passkey) {
        return passkey.record()
                .userHandle()
                .orElseGet(() -> UserHandle.of(realm.getId(), passkey.owner().getId()));
    }

    /** The id of the user whom a user handle names, where the handle holds one. There may be no such user. */
    public static Optional<String> userId(Bytes userHandle) {
        return UserHandle.userId(userHandle);
    }

    /** The user for whom an authenticator creates a new passkey. */
    public UserEntity entity(UserModel user) {
        String name = Stream.of(user.getFirstName(), user.getLastName())
                .filter(part -> part != null && !part.isBlank())
                .reduce((first, last) -> first + " " + last)
                .orElseGet(user::getUsername);
        return new UserEntity(UserHandle.of(realm.getId(), user.getId()), user.getUsername(), name);
    }

    /**
     * The name for a new passkey: the user's own, otherwise the model of its authenticator, otherwise the default.
     *
     * @param wanted what the user entered; may be empty
     */
    public String label(String wanted, CredentialRecord credential, String otherwise) {
        return Optional.of(Label.clean(wanted))
                .filter(label -> !label.isEmpty())
                .or(() -> credential.aaguid().flatMap(KnownAuthenticator::find).map(KnownAuthenticator::name))
                .orElse(otherwise);
    }

    /**
     * Stores a new passkey, and removes those that it replaces, in a transaction of its own. The database decides at
     * its end whether the credential ID is new. A clash leaves the old passkeys and the caller's transaction
     * unchanged.
     *
     * @param rpId the relying party ID for which it was created
     * @param label the name for it, made unique among the user's
     * @param most how many passkeys the user may have; any number if empty. A passkey that replaces another does not
     * count
     * @param replaced passkeys of the user that are removed when the new one is stored
     * @param condition what must hold at that moment
     * @return what was stored and removed; refused if the condition does not hold, if the credential ID is registered
     * already, if the user has as many passkeys as allowed, or if the user was deleted
     */
    public Verdict<StoredRegistration, NotStored> register(
            UserModel user,
            CredentialRecord credential,
            String rpId,
            String label,
            OptionalInt most,
            Replaced replaced,
            StorageCondition condition) {
        Bytes handle = UserHandle.of(realm.getId(), user.getId());
        Instant now = Clock.systemUTC().instant();
        PasskeyCredentialModel model =
                PasskeyCredentialModel.of(PasskeyRecord.of(credential, rpId, handle, now), label, now);
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(
                    session.getKeycloakSessionFactory(),
                    session.getContext(),
                    own -> store(own, user, model, most, replaced, condition),
                    "register passkey");
        } catch (ModelDuplicateException clash) {
            // Keycloak throws this for any constraint. It was the credential ID only if that is stored now.
            if (new CredentialRows(session).owner(model.getId()).isEmpty()) {
                throw clash;
            }
            return Verdict.refused(NotStored.ALREADY_REGISTERED);
        }
    }

    private Verdict<StoredRegistration, NotStored> store(
            KeycloakSession own,
            UserModel user,
            PasskeyCredentialModel model,
            OptionalInt most,
            Replaced replaced,
            StorageCondition condition) {
        CredentialRows rows = new CredentialRows(own);
        // One registration of a user at a time, because the number of passkeys, the label and the priority depend on
        // the others. The lock comes first: some databases show a transaction the state of its first read until it
        // ends.
        boolean isThere = rows.lockOwner(user.getId());
        RealmModel ownRealm = own.realms().getRealm(realm.getId());
        UserModel owner = own.users().getUserById(ownRealm, user.getId());
        if (!isThere || owner == null) {
            return Verdict.refused(NotStored.USER_GONE);
        }
        Map<String, StoredCredential> owned = rows.ownedBy(user.getId());
        Optional<NotStored> refusal = condition.refusal(own, rows.account(own, owner, owned));
        if (refusal.isPresent()) {
            return Verdict.refused(refusal.get());
        }
        List<Passkey> going = replaced.all()
                ? lockAll(rows, owner, owned)
                : replaced.passkeys().stream()
                        .filter(old -> owned.containsKey(old.id()))
                        .toList();
        long count = owned.values().stream()
                .filter(credential -> credential.isOneOf(types()))
                .count();
        if (going.isEmpty() && most.isPresent() && count >= most.getAsInt()) {
            return Verdict.refused(NotStored.TOO_MANY);
        }
        // Before the new one is stored, so that it can take the label of an old one. A clash undoes both.
        going.forEach(old -> PasskeyCredentialProvider.of(own).deleteCredential(ownRealm, owner, old.id()));
        CredentialModel stored = PasskeyCredentialProvider.of(own).createCredential(ownRealm, owner, model);
        if (replaced.all()) {
            // In this transaction, so that a login which waits for the lock finds that its proof is older.
            own.users().setNotBeforeForUser(ownRealm, owner, (int)
                    Clock.systemUTC().instant().getEpochSecond());
        }
        // If two registrations race, their clash must be thrown here, where it is handled.
        own.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
        Passkey passkey = Passkey.of(user, stored)
                .orElseThrow(() -> new IllegalStateException("a passkey was stored that cannot be read"));
        return Verdict.accepted(new StoredRegistration(passkey, going));
    }

    private List<Passkey> lockAll(CredentialRows rows, UserModel owner, Map<String, StoredCredential> owned) {
        return owned.entrySet().stream()
                .filter(credential -> credential.getValue().isOneOf(types()))
                .flatMap(credential -> rows.lock(owner.getId(), credential.getKey()).stream())
                .map(row -> Passkey.of(owner, row))
                .toList();
    }

    /**
     * Makes a passkey of a built-in type one of this extension, after a sign-in that was accepted.
     *
     * @param rpId the relying party ID of that sign-in
     * @return the passkey as it is stored now
     * @throws ModelDuplicateException if another transaction has just stored the same credential ID. This transaction must
     *     be rolled back
     */
    public Passkey adopt(Passkey passkey, CheckedSignIn signIn, String rpId) {
        return new Adoption(session, Clock.systemUTC()).adopt(passkey, signIn, rpId);
    }

    /**
     * Checks a sign-in with this passkey, through the user's credential manager as for any other credential, and brings its
     * record up to date.
     */
    public CheckedSignIn signIn(Passkey passkey, SignInAttempt attempt) {
        SignInInput input = new SignInInput(passkey, attempt);
        passkey.owner().credentialManager().isValid(input);
        return input.result();
    }
}
