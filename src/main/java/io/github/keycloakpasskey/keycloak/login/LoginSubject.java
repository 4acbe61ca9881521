package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Whom a login is about before a passkey is asked for: its user, or a name that was entered on a page of its own and that
 * may belong to no user (see {@link AttemptedUsername}).
 */
public final class LoginSubject {

    private final LoginState login;
    private final Optional<UserModel> user;
    private final Optional<UserModel> account;

    private LoginSubject(LoginState login, Optional<UserModel> user, Optional<UserModel> account) {
        this.login = login;
        this.user = user;
        this.account = account;
    }

    /**
     * The subject of a login.
     *
     * @param user the login's user; empty as long as the user is not known
     */
    public static LoginSubject of(
            KeycloakSession session, RealmModel realm, LoginState login, Optional<UserModel> user) {
        Optional<UserModel> account =
                user.or(() -> login.attemptedAccount().map(id -> session.users().getUserById(realm, id)));
        return new LoginSubject(login, user, account);
    }

    /** The subject of the login to which this step belongs. */
    public static LoginSubject of(AuthenticationFlowContext context) {
        return of(
                context.getSession(),
                context.getRealm(),
                LoginState.of(context.getAuthenticationSession()),
                Optional.ofNullable(context.getUser()));
    }

    /** Whether the login is about a certain user or name. The name may belong to no user. */
    public boolean isNamed() {
        return user.isPresent() || attemptedName().isPresent();
    }

    /** Whether only a name was entered: no user is known, and none may be revealed. */
    public boolean isNameAlone() {
        return user.isEmpty() && isNamed();
    }

    /** The login's user, or the user whose name was entered. Nothing is proven of the latter. */
    public Optional<UserModel> account() {
        return account;
    }

    /** The name that was entered, on a page of its own or beside a proof. */
    public Optional<String> attemptedName() {
        return login.attemptedName().filter(name -> user.isPresent() || login.isNameFromEarlierStep());
    }

    /** The name that identifies the subject: the one that was entered, or the user name. */
    public Optional<String> name() {
        return attemptedName().or(() -> user.map(UserModel::getUsername));
    }

    /** Whether an earlier step asked for the name on a page of its own. */
    public boolean isNameFromEarlierStep() {
        return login.isNameFromEarlierStep();
    }

    /** Whether the passkey belongs to the subject's account. */
    public boolean owns(Passkey passkey) {
        return account.filter(found -> found.getId().equals(passkey.owner().getId()))
                .isPresent();
    }
}
