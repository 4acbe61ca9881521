package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.attestation.Aaguid;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads lists of AAGUIDs, each of which stands for a model of authenticators. */
final class AaguidList {

    private static final Pattern AAGUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /**
     * Takes the place of an invalid entry of a list of allowed models. Without it, a list with only invalid entries
     * would be empty, and an empty list allows every model. It is random, so that no authenticator can have it.
     */
    private static final UUID NO_MODEL = UUID.randomUUID();

    private AaguidList() {}

    /** @throws IllegalArgumentException with a message for the administrator if an entry is no AAGUID */
    static Set<UUID> parse(String text) {
        Set<UUID> aaguids = new LinkedHashSet<>();
        for (String entry : SettingText.values(text)) {
            aaguids.add(Aaguid.parse(entry)
                    .orElseThrow(() -> new IllegalArgumentException(ForeignText.quoted(entry)
                            + " is no AAGUID; one looks like ee882879-721c-4913-9775-3dfcce97072a")));
        }
        return Collections.unmodifiableSet(aaguids);
    }

    /** Allowed models of a list that may have invalid entries: these allow no model, the others allow theirs. */
    static Set<UUID> allowed(Collection<String> entries) {
        return entries.stream()
                .map(entry -> Aaguid.parse(entry).orElse(NO_MODEL))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All AAGUIDs that occur in a text, whatever is between them: models that are denied. */
    static Set<UUID> found(String text) {
        return AAGUID.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .map(UUID::fromString)
                .collect(Collectors.toUnmodifiableSet());
    }
}
