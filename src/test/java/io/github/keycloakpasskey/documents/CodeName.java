package io.github.keycloakpasskey.documents;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class that a document names, and perhaps a method of it.
 *
 * @param method empty where only the class is named
 */
record CodeName(String type, String method) {

    /** Two words at least, or a method: one word alone may be anything. */
    private static final Pattern NAME =
            Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z]\\w*)+(?=\\.|$)|[A-Z][a-z]+(?=\\.))(?:\\.([a-z]\\w*))?");

    /** Empty for what is something else than a class or a method. */
    static Optional<CodeName> parse(String code) {
        Matcher name = NAME.matcher(code);
        return name.matches()
                ? Optional.of(new CodeName(
                        name.group(1), Optional.ofNullable(name.group(2)).orElse("")))
                : Optional.empty();
    }

    /** Whether the class is there and declares the method; a call of it is not enough. */
    boolean exists() {
        return SourceCode.of(type)
                .filter(text -> method.isEmpty() || declaration().matcher(text).find())
                .isPresent();
    }

    /** Whether this is a class of Keycloak's that this code imports, without a method. */
    boolean isImportedFromKeycloak() {
        return method.isEmpty() && SourceCode.importsFromKeycloak(type);
    }

    private Pattern declaration() {
        return Pattern.compile("(?m)^ {4,8}(?!(?:return|throw|new|else)\\b)[\\w.<>,?@\\[\\] ]+ " + method + "\\(");
    }
}
