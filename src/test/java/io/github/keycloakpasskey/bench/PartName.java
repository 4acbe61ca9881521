package io.github.keycloakpasskey.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of {@code bin/bench}, in the order in which they are measured: what fills the database comes last. */
enum PartName {
    VERIFY,
    LOAD,
    STATEMENTS,
    PAGES,
    SOAK,
    GROWTH;

    /** @throws IllegalArgumentException if there is none of that name */
    static PartName of(String code) {
        return Arrays.stream(values())
                .filter(part -> part.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part " + code + "; there are: "
                        + Arrays.stream(values()).map(PartName::code).collect(Collectors.joining(", "))));
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Part of(Site site) {
        return switch (this) {
            case VERIFY -> new VerifyPart();
            case LOAD -> new LoadPart(site);
            case STATEMENTS -> new StatementsPart(site);
            case PAGES -> new PagesPart(site);
            case SOAK -> new SoakPart(site);
            case GROWTH -> new GrowthPart(site);
        };
    }
}
