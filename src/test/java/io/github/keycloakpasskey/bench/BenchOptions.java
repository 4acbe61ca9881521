package io.github.keycloakpasskey.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bin/bench} is asked for.
 *
 * @param parts in the order in which they are measured
 */
record BenchOptions(List<PartName> parts, Scale scale) {

    private static final Duration SOAK = Duration.ofMinutes(10);
    private static final Duration SHORT_SOAK = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException if that cannot be measured */
    static BenchOptions parse(List<String> arguments) {
        boolean brief = arguments.contains("--short");
        Duration soak = brief ? SHORT_SOAK : SOAK;
        List<PartName> parts = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.matches("[1-9]\\d{0,4}") && !parts.isEmpty() && parts.get(parts.size() - 1) == PartName.SOAK) {
                soak = Duration.ofSeconds(Long.parseLong(argument));
            } else if (!argument.equals("--short")) {
                parts.add(PartName.of(argument));
            }
        }
        return new BenchOptions(parts.isEmpty() ? List.of(PartName.values()) : parts, new Scale(brief, soak));
    }

    boolean isShort() {
        return scale.isShort();
    }
}
