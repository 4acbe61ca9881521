package io.github.keycloakpasskey.proof;

import java.util.List;

/**
 * One run of a test that shows something; a line of a file in {@code target/proofs}.
 *
 * @param subject the constant of a threat or a weakness, or a step with its section
 * @param test the class, or class and method with a full stop between them
 */
record Proof(Kind kind, String subject, String test, Result result) {

    private static final String SEPARATOR = "\t";

    enum Kind {
        THREAT,
        WEAKNESS,
        /** A step, from one of many cases of a test that goes through a whole section in its order. */
        STEP,
        /** A step, from a test that shows no other. */
        SINGLE_STEP
    }

    /** How a test ended; several runs of one test come to the worst of theirs, which is the last of these. */
    enum Result {
        HELD,
        NOT_RUN,
        FAILED
    }

    Proof {
        if (subject.isEmpty() || (subject + test).matches("(?s).*[\\t\\r\\n].*")) {
            throw new IllegalArgumentException("not to be told in one line: " + subject + ", " + test);
        }
    }

    String toLine() {
        return String.join(SEPARATOR, kind.name(), subject, test, result.name());
    }

    static Proof ofLine(String line) {
        List<String> fields = List.of(line.split(SEPARATOR, -1));
        return new Proof(Kind.valueOf(fields.get(0)), fields.get(1), fields.get(2), Result.valueOf(fields.get(3)));
    }
}
