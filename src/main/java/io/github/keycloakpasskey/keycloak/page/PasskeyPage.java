package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.ceremony.Ceremony;
import io.github.keycloakpasskey.keycloak.ceremony.Challenges;
import io.github.keycloakpasskey.webauthn.Challenge;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.AuthenticationSessionBean;
import org.keycloak.forms.login.freemarker.model.LoginBean;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a ceremony's template is given, as its attribute {@code passkey}. A bean, as FreeMarker reads those.
 */
public abstract class PasskeyPage {

    private static final String ATTRIBUTE = "passkey";

    private final String options;
    private final Optional<Duration> lifespan;

    PasskeyPage(String options, Optional<Duration> lifespan) {
        this.options = options;
        this.lifespan = lifespan;
    }

    /** Remembers the challenge and gives the template what it needs. */
    public void open(
            LoginFormsProvider form, AuthenticationSessionModel login, Ceremony ceremony, Challenge challenge) {
        Challenges.remember(login, ceremony, challenge, lifespan);
        form.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Gives a page what Keycloak gives its own pages only: what was typed before, and the login that
     * its tabs watch.
     *
     * @param identityProviders whether sign-in through others may be offered on it
     */
    public static void complete(
            LoginFormsProvider form,
            AuthenticationSessionModel login,
            MultivaluedMap<String, String> typed,
            boolean identityProviders) {
        form.setAttribute("identityProvidersOffered", identityProviders);
        form.setAttribute("login", new LoginBean(typed));
        form.setAttribute(
                "authenticationSession",
                new AuthenticationSessionBean(login.getParentSession().getId(), login.getTabId()));
    }

    /** The options as the JSON of WebAuthn Level 3. */
    public String getOptions() {
        return options;
    }

    /** How long the challenge may be answered, in milliseconds; empty where that is as long as the login. */
    public String getLifespan() {
        return lifespan.map(Duration::toMillis).map(String::valueOf).orElse("");
    }
}
