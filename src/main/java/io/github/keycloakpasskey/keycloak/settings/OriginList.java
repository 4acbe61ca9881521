package io.github.keycloakpasskey.keycloak.settings;

import io.github.keycloakpasskey.webauthn.WebOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A list of origins that an administrator has entered.
 *
 * @param origins the valid ones, as browsers write them
 * @param problems what is wrong with the others, for an administrator
 * @param respelt the valid ones that were entered in another spelling, and how they are read
 */
record OriginList(Set<String> origins, List<String> problems, List<String> respelt) {

    static final int MAX_ORIGINS = 200;
    static final int MAX_LENGTH = 300;

    /** The origin of an app or a browser's extension, which is compared as it is. */
    private static final Pattern OF_APP = Pattern.compile("(?!(?i:https?):)[A-Za-z][A-Za-z0-9+.-]*:[^\\s*]+");

    private static final Pattern OF_EXTENSION =
            Pattern.compile("(?!(?i:https?):)[A-Za-z][A-Za-z0-9+.-]*://[^/?#\\s*]+");

    OriginList {
        origins = Set.copyOf(origins);
        problems = List.copyOf(problems);
        respelt = List.copyOf(respelt);
    }

    /** Origins of sites, such as {@code https://shop.example.com}. */
    static OriginList ofSites(Collection<String> texts) {
        return read(texts, OF_EXTENSION);
    }

    /** Origins of sites and of apps, such as {@code android:apk-key-hash:…}. */
    static OriginList ofSitesAndApps(Collection<String> texts) {
        return read(texts, OF_APP);
    }

    private static OriginList read(Collection<String> texts, Pattern others) {
        if (texts.size() > MAX_ORIGINS) {
            return new OriginList(
                    Set.of(),
                    List.of("there are " + texts.size() + " origins; at most " + MAX_ORIGINS + " are allowed"),
                    List.of());
        }
        Set<String> origins = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>();
        List<String> respelt = new ArrayList<>();
        for (String text : texts) {
            Optional<String> origin = origin(text.strip(), others);
            origin.ifPresentOrElse(origins::add, () -> problems.add(problem(text)));
            origin.filter(read -> !read.equals(text)).ifPresent(read -> respelt.add(respelt(text, read)));
        }
        return new OriginList(origins, problems, respelt);
    }

    private static Optional<String> origin(String text, Pattern others) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return others.matcher(text).matches()
                ? Optional.of(text)
                : WebOrigin.parse(text).map(WebOrigin::toString);
    }

    private static String problem(String text) {
        return ForeignText.quoted(text)
                + " is no origin; one looks like https://shop.example.com, with nothing after it";
    }

    /** What an administrator is told of a text that is read in another spelling. */
    static String respelt(String text, String read) {
        return ForeignText.quoted(text) + " is read as " + ForeignText.quoted(read);
    }
}
