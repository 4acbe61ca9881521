package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import io.github.keycloakpasskey.keycloak.server.KnownAuthenticator;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.DateTimeFormatterUtil;

/**
 * What the page shows of a passkey that a new one can replace: what a user tells passkeys apart by. A bean, because
 * FreeMarker reads beans.
 */
public final class ReplaceablePasskey {

    private final Passkey passkey;
    private final Locale locale;

    ReplaceablePasskey(Passkey passkey, Locale locale) {
        this.passkey = passkey;
        this.locale = locale;
    }

    public static List<ReplaceablePasskey> of(List<Passkey> passkeys, KeycloakSession session) {
        return passkeys.stream()
                .map(passkey ->
                        new ReplaceablePasskey(passkey, session.getContext().resolveLocale(passkey.owner())))
                .toList();
    }

    public String getId() {
        return passkey.id();
    }

    /** The user's name for it; empty if it has none. */
    public String getLabel() {
        return Optional.ofNullable(passkey.label()).orElse("");
    }

    /** The name of the password manager or device that keeps it; empty if it is not known. */
    public String getProvider() {
        return passkey.credential()
                .aaguid()
                .flatMap(KnownAuthenticator::find)
                .map(KnownAuthenticator::name)
                .orElse("");
    }

    /** Date and time in the user's language; empty if the row does not say. */
    public String getCreated() {
        return localTime(passkey.created());
    }

    /** Date and time in the user's language; empty if it was never used. */
    public String getLastUsed() {
        return localTime(passkey.record().lastUsed());
    }

    private String localTime(Optional<Instant> instant) {
        return instant.map(Instant::toEpochMilli)
                .map(millis -> DateTimeFormatterUtil.getDateTimeFromMillis(millis, locale))
                .orElse("");
    }
}
