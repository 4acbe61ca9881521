package io.github.keycloakpasskey.keycloak.login;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The users seen so far in one authentication flow of one browser tab.
 *
 * <p>Keycloak can replace the user of a tab, for example after a brokered login, but keeps the steps that the previous
 * user completed. Without this check, one user's password could count for another. A flow that has seen more than one
 * user therefore counts for none of them and must restart.
 *
 * @param ids the users' ids; a third user adds nothing, so at most two are kept
 */
record UsersSeen(Set<String> ids) {

    static final UsersSeen NONE = new UsersSeen(Set.of());

    private static final int ENOUGH = 2;

    UsersSeen {
        ids = Set.copyOf(ids);
    }

    UsersSeen with(String user) {
        if (ids.contains(user) || ids.size() == ENOUGH) {
            return this;
        }
        Set<String> more = new LinkedHashSet<>(ids);
        more.add(user);
        return new UsersSeen(more);
    }

    /** Whether another user than this one was seen. As long as the login's user is not known, none is another. */
    boolean hasOtherThan(Optional<String> user) {
        return user.isPresent() && !ids.isEmpty() && !ids.equals(Set.of(user.get()));
    }
}
