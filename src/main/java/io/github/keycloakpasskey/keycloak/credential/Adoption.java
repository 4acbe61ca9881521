package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.credential.CredentialRows.Locked;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;

/**
 * Makes a passkey of one of Keycloak's built-in types a passkey of this extension, in the transaction of the sign-in that used
 * it. The authenticator keeps its key and notices nothing.
 */
final class Adoption {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final CredentialRows rows;
    private final Clock clock;

    Adoption(KeycloakSession session, Clock clock) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.rows = new CredentialRows(session);
        this.clock = clock;
    }

    /**
     * Adopts the passkey.
     *
     * @param signIn the sign-in that has just been accepted
     * @param rpId the relying party ID of that sign-in
     * @return the passkey as it is stored now. It is still of its built-in type if another user's row holds its credential ID
     * @throws org.keycloak.models.ModelDuplicateException if another transaction has just stored the same credential ID for
     *     another user. This transaction must be rolled back
     */
    Passkey adopt(Passkey passkey, CheckedSignIn signIn, String rpId) {
        rows.flush();
        return rows.lockNow(realm.getId(), passkey)
                .map(current -> adopt(passkey, current, signIn, rpId))
                .orElse(passkey);
    }

    private Passkey adopt(Passkey passkey, Locked current, CheckedSignIn signIn, String rpId) {
        if (!current.type().isBuiltIn()) {
            return adoptedByAnother(passkey, current);
        }
        PasskeyRecord record = recordAfter(signIn, current.record().withRpId(rpId));
        String derived = RowId.of(realm.getId(), record.credential().id());
        if (derived.equals(current.rowId())) {
            return changeType(passkey, current, record);
        }
        return rows.owner(derived).isPresent() ? passkey : move(passkey, current, record);
    }

    /** This session's user cache still has the built-in passkey. */
    private Passkey adoptedByAnother(Passkey passkey, Locked current) {
        AccountState.addSeen(
                session, current.rowId(), StoredCredential.of(current.type().id(), current.created()));
        return Passkey.of(passkey.owner(), current);
    }

    /** The counter is the stored one, on which the sign-in has decided already. */
    private PasskeyRecord recordAfter(CheckedSignIn signIn, PasskeyRecord stored) {
        Instant now = clock.instant();
        PasskeyRecord known = signIn.isCloneSuspected() ? stored.suspectedOfClone(now) : stored;
        return signIn.assertion()
                .map(assertion -> known.used(known.credential().signCount(), assertion, now))
                .orElse(known);
    }

    /** A passkey that was returned to its built-in type has kept its row. */
    private static Passkey changeType(Passkey passkey, Locked current, PasskeyRecord record) {
        SubjectCredentialManager credentials = passkey.owner().credentialManager();
        CredentialModel model = credentials.getStoredCredentialById(current.rowId());
        model.setType(PasskeyType.PASSKEY.id());
        model.setUserLabel(current.label());
        model.setCredentialData(record.toJson());
        credentials.updateStoredCredential(model);
        return adopted(passkey, model);
    }

    /** The old row goes first, because no two credentials of a user may have the same label. A failure undoes both. */
    private Passkey move(Passkey passkey, Locked current, PasskeyRecord record) {
        SubjectCredentialManager credentials = passkey.owner().credentialManager();
        Optional<String> previous = previousOf(current.rowId(), credentials);
        PasskeyCredentialModel model = PasskeyCredentialModel.of(
                record, current.label(), passkey.created().orElseGet(clock::instant));
        credentials.removeStoredCredentialById(current.rowId());
        CredentialModel stored = PasskeyCredentialProvider.of(session).createCredential(realm, passkey.owner(), model);
        credentials.moveStoredCredentialTo(stored.getId(), previous.orElse(null));
        rows.flush();
        return adopted(passkey, stored);
    }

    /** The credential before it in the order of preference that its owner has chosen. */
    private static Optional<String> previousOf(String id, SubjectCredentialManager credentials) {
        List<String> ids = credentials
                .getStoredCredentialsStream()
                .map(CredentialModel::getId)
                .toList();
        int position = ids.indexOf(id);
        return position > 0 ? Optional.of(ids.get(position - 1)) : Optional.empty();
    }

    private static Passkey adopted(Passkey passkey, CredentialModel stored) {
        return Passkey.of(passkey.owner(), stored)
                .orElseThrow(() -> new IllegalStateException("a passkey was adopted that cannot be read"));
    }
}
