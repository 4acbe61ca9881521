package io.github.keycloakpasskey.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** A page, read with as little work as possible: the client must not be what is measured. */
record Html(String text) {

    /** Where a form posts to. */
    URI action(String form) {
        return URI.create(attribute("form", form, "action"));
    }

    boolean hasForm(String form) {
        return text.contains("<form id=\"" + form + "\"");
    }

    /** An attribute of an element that begins with its id. */
    String attribute(String element, String id, String name) {
        String tag = "<" + element + " id=\"" + Pattern.quote(id) + "\"[^>]*?\\s" + name + "=\"([^\"]*)\"";
        return Parser.unescapeEntities(first(tag), true);
    }

    /** What an inline script gives a name, as a text in quotes. */
    String scriptValue(String name) {
        return first("\\b" + name + "\\s*:\\s*\"([^\"]*)\"");
    }

    private String first(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        if (!found.find()) {
            throw new IllegalStateException("The page has no " + pattern + ":\n" + text);
        }
        return found.group(1);
    }

    int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
