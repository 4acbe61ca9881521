package io.github.keycloakpasskey.documents;

import io.github.keycloakpasskey.documents.DiagramText.Call;
import java.util.Collection;
import java.util.regex.Pattern;

/** Finds what a diagram names: what a name looks like says what it is. */
final class DiagramNames {

    private static final Pattern FILE = Pattern.compile("[\\w-]+\\.(?:ftl|js)");
    private static final Pattern METHOD = Pattern.compile("\\w+\\(\\)");
    private static final Pattern FUNCTION = Pattern.compile("[a-z]\\w*(?:\\.\\w+)+\\(\\)");
    private static final Pattern CLASS = Pattern.compile("[A-Z]\\w*[a-z]\\w*");
    private static final Pattern MEMBER = Pattern.compile("(" + CLASS + ")\\.(\\w+(?:\\(\\))?)");
    private static final Pattern CAPITALS = Pattern.compile("[A-Z][A-Z_]*");

    private final DiagramClasses classes = new DiagramClasses();
    private final DiagramFiles files = new DiagramFiles();
    private final DiagramTables tables = new DiagramTables();
    private final DiagramPackages packages = new DiagramPackages(classes.own(), files);

    boolean has(String name) {
        if (FILE.matcher(name).matches()) {
            return files.hasPage(name);
        }
        if (METHOD.matcher(name).matches()) {
            return classes.hasMethod(withoutBrackets(name)) || files.hasFunction(withoutBrackets(name));
        }
        if (FUNCTION.matcher(name).matches()) {
            return files.hasFunction(withoutBrackets(name));
        }
        if (CLASS.matcher(name).matches()) {
            return classes.hasClass(name);
        }
        var member = MEMBER.matcher(name);
        if (member.matches()) {
            return classes.hasMember(member.group(1), member.group(2));
        }
        if (CAPITALS.matcher(name).matches()) {
            return hasTableOrColumn(name) || classes.hasConstant(name);
        }
        return files.hasText(name) || hasColumnOfAView(name) || classes.hasReason(name) || packages.has(name);
    }

    DiagramPackages packages() {
        return packages;
    }

    /** Whether the method or function is one of that class or script. */
    boolean has(Call call) {
        return FILE.matcher(call.owner()).matches()
                ? files.hasFunction(call.owner(), withoutBrackets(call.method()))
                : classes.hasMember(call.owner(), call.method());
    }

    private boolean hasTableOrColumn(String name) {
        return tables.columns().containsKey(name)
                || tables.columns().values().stream().anyMatch(columns -> columns.contains(name));
    }

    private boolean hasColumnOfAView(String name) {
        return files.views().values().stream().flatMap(Collection::stream).anyMatch(name::equals);
    }

    private static String withoutBrackets(String method) {
        return method.replace("()", "");
    }
}
