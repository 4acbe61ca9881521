package io.github.keycloakpasskey.keycloak.login;

import java.util.Locale;

/** Why what proved a user's identity in a login does not count any more. */
public enum ProofLoss {
    /** The account was disabled. */
    ACCOUNT_DISABLED,
    /** An administrator or a recovery signed the user out everywhere after the proof was given. */
    SIGNED_OUT,
    /** A credential that was used was deleted or replaced. */
    CREDENTIAL_CHANGED,
    /** The e-mail address to which the link was sent is not the user's any more. */
    EMAIL_CHANGED,
    /** The session that replaced a sign-in has ended. */
    SESSION_ENDED,
    /** The session is an administrator's, who impersonates the user. */
    IMPERSONATED,
    /** The account at the identity provider is not linked to the user any more. */
    PROVIDER_UNLINKED,
    /** The login has waited for longer than the realm allows. */
    TOO_OLD,
    /** The login never ended its steps as this user. */
    NONE_GIVEN;

    /** The name in lower case with hyphens, as events show it: {@code credential-changed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
