package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of a table that says who does a step of the specification.
 *
 * @param ofRegistration the number of the step in §7.1, or of the first of several
 * @param ofSignIn the same in §7.2
 * @param doers what the row names
 */
record DocumentedStep(Optional<Integer> ofRegistration, Optional<Integer> ofSignIn, List<CodeName> doers) {

    private static final String NUMBERS = "((\\d+)[\\d, –]*)?";

    /** The last column names the code. */
    private static final Pattern ROW =
            Pattern.compile("\\| ?" + NUMBERS + " ?\\| ?" + NUMBERS + " ?\\|.*\\|([^|]+)\\|");

    DocumentedStep {
        doers = List.copyOf(doers);
    }

    static Optional<DocumentedStep> parse(String line) {
        Matcher row = ROW.matcher(line);
        return row.matches()
                ? Optional.of(new DocumentedStep(
                        number(row.group(2)),
                        number(row.group(4)),
                        Markdown.codeNames(row.group(5)).toList()))
                : Optional.empty();
    }

    private static Optional<Integer> number(String digits) {
        return Optional.ofNullable(digits).map(Integer::valueOf);
    }

    /** Where the ceremony has the step, it calls what is named; other steps are done before or after it. */
    void assertIsDoneBy(CeremonySource ceremony, int number) {
        assertThat(doers).as("step %d", number).isNotEmpty();
        ceremony.step(number).ifPresent(source -> assertThat(doers)
                .as("step %d: %s", number, source)
                .allSatisfy(doer -> assertThat(source).contains(doer.method() + "(")));
    }
}
