package io.github.keycloakpasskey.keycloak.login;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.TokenVerifier;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.common.VerificationException;
import org.keycloak.representations.JsonWebToken;

/**
 * The e-mailed link that a login came by last. Keycloak keeps its token, after it has verified it.
 *
 * @param action what Keycloak sent the link for, as the type of its token says
 * @param user the id of the user to whom Keycloak sent it
 * @param issued when Keycloak sent it
 */
record OpenedLink(String action, String user, Instant issued) {

    /**
     * The link with this token.
     *
     * @return empty if the text is no token, or if the token says too little
     */
    static Optional<OpenedLink> of(String token) {
        try {
            JsonWebToken read = TokenVerifier.create(token, JsonWebToken.class).getToken();
            return read.getType() == null || read.getSubject() == null || read.getIat() == null
                    ? Optional.empty()
                    : Optional.of(
                            new OpenedLink(read.getType(), read.getSubject(), Instant.ofEpochSecond(read.getIat())));
        } catch (VerificationException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether Keycloak sent the link because somebody asked to recover this user's account. */
    boolean recovers(String account) {
        return isFor(ResetCredentialsActionToken.TOKEN_TYPE, account);
    }

    /** Whether an administrator had the link sent, so that this user executes required actions. */
    boolean isAdministratorsFor(String account) {
        return isFor(ExecuteActionsActionToken.TOKEN_TYPE, account);
    }

    /** Whether the link confirms that an identity provider's account is this user's. */
    boolean confirmsProviderOf(String account) {
        return isFor(IdpVerifyAccountLinkActionToken.TOKEN_TYPE, account);
    }

    private boolean isFor(String wanted, String account) {
        return action.equals(wanted) && user.equals(account);
    }
}
