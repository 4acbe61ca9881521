package io.github.keycloakpasskey.keycloak.login;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;

/**
 * Finds the user whose name was entered: the user name, or the e-mail address where the realm lets users sign in with it.
 *
 * <p>Databases compare names by their collation, and many ignore accents: a search for {@code àlice} can find {@code alice}.
 * So the name of the user that was found is compared again, without case, as Keycloak stores names in lower case. Users of
 * another storage are taken as they are found: that storage decides which names its users have.
 */
public final class UserByName {

    private final RealmModel realm;
    private final UserProvider users;

    UserByName(RealmModel realm, UserProvider users) {
        this.realm = realm;
        this.users = users;
    }

    public static UserByName of(KeycloakSession session, RealmModel realm) {
        return new UserByName(realm, session.users());
    }

    /** The user with exactly this name; empty if there is none, or if several have the name. */
    public Optional<UserModel> find(String name) {
        return byEmail(name).or(() -> lookUp(users::getUserByUsername, UserModel::getUsername, name));
    }

    private Optional<UserModel> byEmail(String name) {
        return isEmail(name) ? lookUp(users::getUserByEmail, UserModel::getEmail, name) : Optional.empty();
    }

    private boolean isEmail(String name) {
        return realm.isLoginWithEmailAllowed() && name.indexOf('@') >= 0;
    }

    private Optional<UserModel> lookUp(
            BiFunction<RealmModel, String, UserModel> search, Function<UserModel, String> attribute, String name) {
        try {
            return Optional.ofNullable(search.apply(realm, name))
                    .filter(user -> isOfOtherStorage(user) || isSame(attribute.apply(user), name))
                    // No user signs in to the account of a client.
                    .filter(user -> user.getServiceAccountClientLink() == null);
        } catch (ModelDuplicateException ambiguous) {
            return Optional.empty();
        }
    }

    /** Whether Keycloak found this user by the user's own name. */
    public boolean isNameOf(UserModel user, String name) {
        String entered = name.strip();
        return isOfOtherStorage(user)
                || isSame(user.getUsername(), entered)
                || (isEmail(entered) && isSame(user.getEmail(), entered));
    }

    private static boolean isOfOtherStorage(UserModel user) {
        return !StorageId.isLocalStorage(user.getId());
    }

    /** Not {@code equalsIgnoreCase}, to which the dotless ı is an i, and ſ an s. */
    private static boolean isSame(String stored, String entered) {
        return stored != null
                && KeycloakModelUtils.toLowerCaseSafe(stored).equals(KeycloakModelUtils.toLowerCaseSafe(entered));
    }
}
