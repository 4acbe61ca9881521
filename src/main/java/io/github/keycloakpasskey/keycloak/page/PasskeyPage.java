package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.webauthn.RelyingPartyPolicy;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.AuthenticationSessionBean;
import org.keycloak.forms.login.freemarker.model.LoginBean;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a ceremony's template gets as its attribute {@code passkey}. A bean, because FreeMarker reads beans. */
public abstract class PasskeyPage {

    private static final String ATTRIBUTE = "passkey";

    private final String options;
    private final Optional<Duration> lifespan;

    PasskeyPage(String options, RelyingPartyPolicy policy) {
        this.options = options;
        this.lifespan = policy.timeout();
    }

    /** Gives this bean to the template of the page. */
    public void addTo(LoginFormsProvider form) {
        form.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Gives a page what Keycloak gives only its own pages, the fields as they were filled in and the login that the scripts
     * of its tabs watch, and which of its texts are not in its language.
     *
     * @param identityProviders whether the page may offer identity providers
     */
    public static void complete(
            KeycloakSession session,
            LoginFormsProvider form,
            AuthenticationSessionModel login,
            MultivaluedMap<String, String> fields,
            boolean identityProviders) {
        PageLanguage.addTo(form, session);
        form.setAttribute("identityProvidersOffered", identityProviders);
        form.setAttribute("login", new LoginBean(fields));
        form.setAttribute(
                "authenticationSession",
                new AuthenticationSessionBean(login.getParentSession().getId(), login.getTabId()));
    }

    /** The options as the JSON of WebAuthn Level 3. */
    public String getOptions() {
        return options;
    }

    /** How long the challenge may be answered, in milliseconds; empty if it lives as long as the login. */
    public String getLifespan() {
        return lifespan.map(Duration::toMillis).map(String::valueOf).orElse("");
    }
}
