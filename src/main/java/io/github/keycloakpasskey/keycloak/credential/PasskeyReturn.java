package io.github.keycloakpasskey.keycloak.credential;

import io.github.keycloakpasskey.keycloak.credential.CredentialRows.Locked;
import io.github.keycloakpasskey.keycloak.settings.PasskeyType;
import java.util.List;
import java.util.Optional;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Gives passkeys of this extension back to Keycloak's built-in types, so that the built-in pages accept them. Each keeps its
 * row with id, label, creation date and priority. What the built-in types do not store is lost: backup state, last use, user
 * verification.
 */
public final class PasskeyReturn {

    /** How many users one transaction covers. */
    private static final int USERS_AT_ONCE = 100;

    private final KeycloakSession session;
    private final boolean dryRun;

    /** @param dryRun whether the result says what would change, and nothing is changed */
    public PasskeyReturn(KeycloakSession session, boolean dryRun) {
        this.session = session;
        this.dryRun = dryRun;
    }

    /** Returns the passkeys of one user, in a transaction of its own. */
    public BulkResult ofUser(UserModel user) {
        return inOwnTransaction(List.of(user.getId()));
    }

    /**
     * Returns the passkeys of all users of the realm. It can be interrupted, and called again: what was returned is not found
     * any more.
     */
    public BulkResult ofAllUsers() {
        return ofAll(CredentialRows::localOwnersAfter).plus(ofAll(CredentialRows::federatedOwnersAfter));
    }

    private BulkResult ofAll(Owners owners) {
        BulkResult result = BulkResult.NOTHING;
        List<String> users = after("", owners);
        while (!users.isEmpty()) {
            result = result.plus(inOwnTransaction(users));
            users = after(users.get(users.size() - 1), owners);
        }
        return result;
    }

    private List<String> after(String user, Owners owners) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> owners.after(
                        new CredentialRows(own),
                        user,
                        own.getContext().getRealm().getId(),
                        PasskeyType.PASSKEY,
                        USERS_AT_ONCE),
                "find passkeys");
    }

    /** A query for a page of users, in one of Keycloak's tables. */
    @FunctionalInterface
    private interface Owners {

        List<String> after(CredentialRows rows, String user, String realm, PasskeyType type, int most);
    }

    private BulkResult inOwnTransaction(List<String> users) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> {
                    RealmModel realm = own.getContext().getRealm();
                    return users.stream()
                            .flatMap(id -> Optional.ofNullable(own.users().getUserById(realm, id)).stream())
                            .map(user -> returnAllOf(user, own))
                            .reduce(BulkResult.NOTHING, BulkResult::plus);
                },
                "return passkeys");
    }

    private BulkResult returnAllOf(UserModel user, KeycloakSession own) {
        Passkeys passkeys = Passkeys.of(own);
        return Passkeys.stream(user, List.of(PasskeyType.PASSKEY)).toList().stream()
                .map(passkey -> ReturnObstacle.of(passkey, passkeys.handle(passkey))
                        .map(obstacle -> BulkResult.oneSkipped(passkey.id(), obstacle.code()))
                        .orElseGet(() -> returnOne(passkey, own)))
                .reduce(BulkResult.NOTHING, BulkResult::plus);
    }

    private BulkResult returnOne(Passkey passkey, KeycloakSession own) {
        if (!dryRun) {
            new CredentialRows(own)
                    .lock(passkey.owner().getId(), passkey.id())
                    .filter(current -> !current.type().isBuiltIn())
                    .ifPresent(current -> write(passkey, current));
        }
        return BulkResult.ONE_CHANGED;
    }

    private static void write(Passkey passkey, Locked current) {
        CredentialModel model = passkey.owner().credentialManager().getStoredCredentialById(current.rowId());
        model.setType(
                current.record().adoptedFrom().orElse(PasskeyType.BUILT_IN).id());
        model.setUserLabel(current.label());
        model.setCredentialData(BuiltInDocument.of(current.record()));
        passkey.owner().credentialManager().updateStoredCredential(model);
    }
}
