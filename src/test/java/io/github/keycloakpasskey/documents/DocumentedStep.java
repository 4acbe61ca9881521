package io.github.keycloakpasskey.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A row of a table that says who does one or several steps of the specification.
 *
 * @param ofRegistration the numbers of the steps in §7.1
 * @param ofSignIn the same in §7.2
 * @param doers what the row names
 */
record DocumentedStep(List<Integer> ofRegistration, List<Integer> ofSignIn, List<CodeName> doers) {

    private static final String NUMBERS = "((?:\\d+(?:–\\d+)?(?:, )?)*)";
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:–(\\d+))?");

    /** The last column names the code. */
    private static final Pattern ROW =
            Pattern.compile("\\| ?" + NUMBERS + " ?\\| ?" + NUMBERS + " ?\\|.*\\|([^|]+)\\|");

    DocumentedStep {
        ofRegistration = List.copyOf(ofRegistration);
        ofSignIn = List.copyOf(ofSignIn);
        doers = List.copyOf(doers);
    }

    static Optional<DocumentedStep> parse(String line) {
        Matcher row = ROW.matcher(line);
        return row.matches()
                ? Optional.of(new DocumentedStep(
                        numbers(row.group(1)),
                        numbers(row.group(2)),
                        Markdown.codeNames(row.group(3)).toList()))
                : Optional.empty();
    }

    private static List<Integer> numbers(String text) {
        return RANGE.matcher(text)
                .results()
                .flatMap(range -> {
                    int first = Integer.parseInt(range.group(1));
                    int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                    return IntStream.rangeClosed(first, last).boxed();
                })
                .toList();
    }

    /** Where the ceremony has the step, it is done there, or by what is named; others are done before or after it. */
    void assertIsDoneBy(CeremonySource ceremony, int number) {
        assertThat(doers).as("step %d", number).isNotEmpty();
        ceremony.step(number).ifPresent(source -> assertThat(doers)
                .as("step %d: %s", number, source)
                .allSatisfy(doer -> {
                    if (doer.method().isEmpty()) {
                        assertThat(doer.type()).isEqualTo(ceremony.name());
                    } else {
                        assertThat(source).contains(doer.method() + "(");
                    }
                }));
    }
}
