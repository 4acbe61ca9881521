package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.ceremony.RealmDecoys;
import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.credential.Passkeys;
import io.github.keycloakpasskey.webauthn.CredentialDescriptor;
import io.github.keycloakpasskey.webauthn.CredentialRecord;
import io.github.keycloakpasskey.webauthn.encoding.Bytes;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whom a login is about before a passkey is asked for: its user, or a name that somebody has typed on a page of its own,
 * which may be nobody's (see {@link AttemptedUsername}).
 */
public final class LoginSubject {

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel login;

    public LoginSubject(AuthenticationFlowContext context) {
        this.context = context;
        this.login = context.getAuthenticationSession();
    }

    /** Whether the login is about anybody at all, be it a name that nobody has. */
    public boolean isThere() {
        return user().isPresent() || typed().isPresent();
    }

    /** Who it is, where there is such a user. */
    public Optional<UserModel> account() {
        return AttemptedUsername.account(context);
    }

    /** What was typed, on a page of its own or beside a proof. */
    public Optional<String> typed() {
        return Optional.ofNullable(login.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME))
                .filter(name -> user().isPresent() || isHidden());
    }

    /** Whether a step before has asked for the name, on a page of its own. */
    public boolean isHidden() {
        return Boolean.parseBoolean(login.getAuthNote(AbstractUsernameFormAuthenticator.USERNAME_HIDDEN));
    }

    public boolean owns(Passkey passkey) {
        return account()
                .map(UserModel::getId)
                .filter(passkey.owner().getId()::equals)
                .isPresent();
    }

    /** The passkeys to be asked for, imaginary ones for who has none; empty where nobody is named: any will do. */
    public List<CredentialDescriptor> passkeys() {
        List<CredentialDescriptor> real =
                account().map(Passkeys.of(context.getSession())::descriptors).orElse(List.of());
        return real.isEmpty()
                ? imaginary().stream().map(CredentialRecord::descriptor).toList()
                : real;
    }

    public boolean isAskedForImaginary(Bytes credentialId) {
        return imaginary().stream().anyMatch(imaginary -> imaginary.id().equals(credentialId));
    }

    private List<CredentialRecord> imaginary() {
        return typed().or(() -> user().map(UserModel::getUsername))
                .map(new RealmDecoys(context.getSession())::passkeys)
                .orElse(List.of());
    }

    private Optional<UserModel> user() {
        return Optional.ofNullable(context.getUser());
    }
}
