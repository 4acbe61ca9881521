package io.github.keycloakpasskey.keycloak.login;

import io.github.keycloakpasskey.keycloak.credential.AccountState;
import io.github.keycloakpasskey.keycloak.credential.StoredCredential;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.managers.AuthenticationManager;

/** Collects what has proved the user of a login: credentials, a link, a session, an identity provider. */
final class ProofCollector {

    /** Stands for a passkey that was deleted after it was used, so that it is found missing. */
    private static final StoredCredential DELETED = new StoredCredential("", 0);

    private final KeycloakSession session;
    private final LoginState login;
    private final UserModel user;
    private final Optional<CompletedPasskey> passkey;

    ProofCollector(KeycloakSession session, LoginState login, UserModel user) {
        this.session = session;
        this.login = login;
        this.user = user;
        this.passkey = login.completedPasskeyOf(Optional.of(user.getId()));
    }

    /**
     * What has proved the user so far.
     *
     * @param now the current time, in seconds since 1970
     */
    ProofSnapshot collect(long now) {
        ProofSnapshot proof = ProofSnapshot.of(user.getId(), now).withCredentials(usedCredentials());
        if (passkey.isPresent()) {
            proof = proof.given(passkey.get().verified());
        }
        Optional<OpenedLink> link =
                login.openedLink().filter(opened -> opened.user().equals(user.getId()));
        if (link.isPresent()) {
            proof = proof.withEmail(user.getEmail()).given(link.get().issued().getEpochSecond());
        }
        Optional<UserSessionModel> replaced =
                login.isSingleSignOn() ? IdentityProof.sessionOf(user, session) : Optional.empty();
        if (replaced.isPresent()) {
            proof = proof.withSession(replaced.get().getId()).given(authenticated(replaced.get()));
        }
        return login.identityProvider()
                .filter(alias -> session.users().getFederatedIdentity(realm(), user, alias) != null)
                .map(proof::withProvider)
                .orElse(proof);
    }

    /** The passkey that was verified, and all credentials of the types that other steps of the login ask for. */
    private Map<String, StoredCredential> usedCredentials() {
        Map<String, StoredCredential> owned = AccountState.of(session, user).credentials();
        Set<String> types = login.passedSteps()
                .map(step -> credentialType(step.authenticator()))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        Map<String, StoredCredential> used = new HashMap<>(owned);
        used.values().removeIf(credential -> !types.contains(credential.type()));
        passkey.map(CompletedPasskey::passkey).ifPresent(id -> used.put(id, owned.getOrDefault(id, DELETED)));
        return used;
    }

    /** The type of credential that a step asks for, as its factory says; none of a step that a passkey has passed. */
    private Optional<String> credentialType(String authenticator) {
        ProviderFactory<Authenticator> factory =
                session.getKeycloakSessionFactory().getProviderFactory(Authenticator.class, authenticator);
        boolean passedByPasskey = passkey.isPresent() && factory instanceof StepRole.Declared;
        return factory instanceof AuthenticatorFactory step && !passedByPasskey
                ? Optional.ofNullable(step.getReferenceCategory())
                : Optional.empty();
    }

    private static long authenticated(UserSessionModel session) {
        String time = session.getNote(AuthenticationManager.AUTH_TIME);
        return time == null ? session.getStarted() : Long.parseLong(time);
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
