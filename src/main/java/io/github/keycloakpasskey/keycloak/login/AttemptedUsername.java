package io.github.keycloakpasskey.keycloak.login;

import java.util.Optional;
import org.keycloak.models.UserModel;

/**
 * The account of a user name that was entered on a page of its own, before anything was proven.
 *
 * <p>This account does not become the login's user before it is proven. Where Keycloak knows a user, its pages say and do
 * more, and so would reveal which names exist.
 *
 * @param account the id of the user with that name; null if there is no such user
 * @param name the name by which the account was looked up. Keycloak's steps may replace the name of the login later, and
 *     count failures for the new one: then the account no longer counts
 */
public record AttemptedUsername(String account, String name) {

    /**
     * The name that a login keeps after Keycloak's organization step. Any name can be posted beside a choice of
     * organizations, while Keycloak goes on with the user that it knows: then that user's name counts.
     *
     * @param posted the name that was posted or entered; empty keeps none
     * @param user the login's user, if it has one
     * @param users compares names
     */
    public static Optional<String> nameToKeep(Optional<String> posted, Optional<UserModel> user, UserByName users) {
        return posted.map(name -> user.filter(known -> !users.isNameOf(known, name))
                .map(UserModel::getUsername)
                .orElse(name));
    }
}
