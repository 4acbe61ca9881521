package io.github.keycloakpasskey.keycloak.page;

import io.github.keycloakpasskey.keycloak.credential.Passkey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.DateTimeFormatterUtil;

/** What the page shows of a passkey that a new one can replace. A bean, because FreeMarker reads beans. */
public final class ReplaceablePasskey {

    private final String id;
    private final String label;
    private final String lastUsed;

    private ReplaceablePasskey(String id, String label, String lastUsed) {
        this.id = id;
        this.label = label;
        this.lastUsed = lastUsed;
    }

    public static List<ReplaceablePasskey> of(List<Passkey> passkeys, KeycloakSession session) {
        return passkeys.stream().map(passkey -> of(passkey, session)).toList();
    }

    private static ReplaceablePasskey of(Passkey passkey, KeycloakSession session) {
        String lastUsed = passkey.record()
                .lastUsed()
                .map(Instant::toEpochMilli)
                .map(millis -> DateTimeFormatterUtil.getDateTimeFromMillis(
                        millis, session.getContext().resolveLocale(passkey.owner())))
                .orElse("");
        return new ReplaceablePasskey(
                passkey.id(), Optional.ofNullable(passkey.label()).orElse(""), lastUsed);
    }

    public String getId() {
        return id;
    }

    /** The user's name for it; empty if it has none. */
    public String getLabel() {
        return label;
    }

    /** Date and time in the user's language; empty if it was never used. */
    public String getLastUsed() {
        return lastUsed;
    }
}
