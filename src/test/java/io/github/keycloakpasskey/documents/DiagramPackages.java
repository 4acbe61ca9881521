package io.github.keycloakpasskey.documents;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packages of this extension, by their names below the root, and which of them uses which. */
final class DiagramPackages {

    static final String ROOT = "io.github.keycloakpasskey.";

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package " + Pattern.quote(ROOT) + "([\\w.]+);");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?" + Pattern.quote(ROOT) + "([a-z.]+)\\.[A-Z]");

    private final JavaClasses classes;
    private final DiagramFiles files;

    DiagramPackages(JavaClasses classes, DiagramFiles files) {
        this.classes = classes;
        this.files = files;
    }

    /** Whether there is such a package, be it the root. */
    boolean has(String name) {
        return ROOT.equals(name + ".") || names().contains(name);
    }

    /** Those that have classes. */
    Set<String> names() {
        return classes.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .map(DiagramPackages::of)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Which one uses which, as {@code from -> to}: classes know no more of a constant that they took over, imports do. */
    Set<String> uses() {
        return Stream.concat(compiled(), imported())
                .filter(use -> !use.getKey().equals(use.getValue()))
                .map(use -> use.getKey() + " -> " + use.getValue())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<Map.Entry<String, String>> compiled() {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> use.getTargetClass().getPackageName().startsWith(ROOT))
                .map(use -> Map.entry(of(use.getOriginClass()), of(use.getTargetClass())));
    }

    private Stream<Map.Entry<String, String>> imported() {
        return files.sources().flatMap(source -> {
            String from = PACKAGE.matcher(source)
                    .results()
                    .findFirst()
                    .map(name -> name.group(1))
                    .orElseThrow();
            return IMPORT.matcher(source).results().map(used -> Map.entry(from, used.group(1)));
        });
    }

    private static String of(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
