package io.github.keycloakpasskey.keycloak.flow;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/**
 * The step that sends the recovery e-mail. It is Keycloak's own step, with an e-mail that speaks of a passkey and not of
 * credentials.
 */
final class PasskeyRecoveryEmail extends StepForAnyone {

    private static final String SUBJECT = "passkey-recovery-mail-subject";
    private static final String MAIL = "passkey-recovery-mail.ftl";

    private static final Method SESSION = Intercepted.method(AuthenticationFlowContext.class, "getSession");
    private static final Method PROVIDER = Intercepted.method(KeycloakSession.class, "getProvider", Class.class);
    private static final Method SEND =
            Intercepted.method(EmailTemplateProvider.class, "sendPasswordReset", String.class, long.class);
    private static final Authenticator KEYCLOAKS = new ResetCredentialEmail();

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        KEYCLOAKS.authenticate(withMail(context));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        KEYCLOAKS.action(context);
    }

    private static AuthenticationFlowContext withMail(AuthenticationFlowContext context) {
        KeycloakSession session = Intercepted.of(
                KeycloakSession.class,
                context.getSession(),
                Map.of(PROVIDER, type -> provider(context.getSession(), (Class<?>) type[0])));
        return Intercepted.of(AuthenticationFlowContext.class, context, Map.of(SESSION, none -> session));
    }

    private static Object provider(KeycloakSession session, Class<?> type) {
        Provider provider = session.getProvider(type.asSubclass(Provider.class));
        return provider instanceof EmailTemplateProvider mail
                ? Intercepted.of(
                        EmailTemplateProvider.class,
                        mail,
                        Map.of(SEND, link -> send(mail, (String) link[0], (long) link[1])))
                : provider;
    }

    private static Object send(EmailTemplateProvider mail, String link, long minutes) throws EmailException {
        mail.send(SUBJECT, MAIL, new HashMap<>(Map.of("link", link, "linkExpiration", minutes)));
        return null;
    }
}
