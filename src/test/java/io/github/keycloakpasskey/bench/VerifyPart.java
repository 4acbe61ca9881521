package io.github.keycloakpasskey.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Time and memory of the verification of one answer, measured by JMH in JVMs of their own. */
final class VerifyPart implements Part {

    private static final List<String> ALGORITHMS = List.of("ES256", "EDDSA", "RS256");
    private static final List<String> CEREMONIES = List.of("signIn", "registration");
    private static final double MOST_TIMES_THE_SIGNATURE = 1.10;

    @Override
    public Results measure(Scale scale) {
        Measured measured = new Measured(rounds(scale));
        Results results = new Results();
        Table table = new Table(
                "Verification of one answer",
                "Ceremony",
                "Algorithm",
                "JDK's signature check, µs",
                "This extension, µs",
                "Built-in, µs",
                "Extension : signature",
                "Built-in : signature",
                "Signature, bytes",
                "Extension, bytes",
                "Built-in, bytes");
        for (String ceremony : CEREMONIES) {
            for (String algorithm : scale.isShort() ? ALGORITHMS.subList(0, 1) : ALGORITHMS) {
                double signature = measured.microseconds(ceremony + "Signature", algorithm);
                double extension = measured.microseconds(ceremony + "Extension", algorithm);
                double builtIn = measured.microseconds(ceremony + "BuiltIn", algorithm);
                double ratio = measured.ratio(ceremony + "Extension", ceremony + "Signature", algorithm);
                table.add(
                        ceremony.equals("signIn") ? "sign-in" : ceremony,
                        algorithm,
                        signature,
                        extension,
                        builtIn,
                        ratio,
                        measured.ratio(ceremony + "BuiltIn", ceremony + "Signature", algorithm),
                        measured.bytes(ceremony + "Signature", algorithm),
                        measured.bytes(ceremony + "Extension", algorithm),
                        measured.bytes(ceremony + "BuiltIn", algorithm));
                results.add(Goal.atMost(
                        "Time of " + (ceremony.equals("signIn") ? "a sign-in's" : "a registration's")
                                + " verification : the bare signature check, " + algorithm,
                        ratio,
                        MOST_TIMES_THE_SIGNATURE));
            }
        }
        results.add(table);
        return results;
    }

    /** By turns, so that whatever changes on the machine meets all ways alike. */
    private static List<Collection<RunResult>> rounds(Scale scale) {
        List<Collection<RunResult>> rounds = new ArrayList<>();
        for (int i = 0; i < scale.of(3, 1); i++) {
            rounds.add(run(scale));
        }
        return rounds;
    }

    private static Collection<RunResult> run(Scale scale) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(VerificationBenchmark.class.getName() + "\\..*")
                .addProfiler(GCProfiler.class)
                .verbosity(scale.isShort() ? VerboseMode.SILENT : VerboseMode.NORMAL)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms512m", "-Xmx512m", "-Dslf4j.internal.verbosity=ERROR")
                // Until the compiler of the JVM is done, which on two cores takes more than ten seconds.
                .warmupTime(scale.isShort() ? TimeValue.milliseconds(500) : TimeValue.seconds(4))
                .measurementTime(scale.isShort() ? TimeValue.milliseconds(500) : TimeValue.seconds(1))
                .warmupIterations(scale.isShort() ? 1 : 4)
                .measurementIterations(scale.isShort() ? 1 : 5)
                .forks(1);
        if (scale.isShort()) {
            options.param("algorithm", ALGORITHMS.get(0));
            // Nothing is compared, so that others on this machine may measure at the same time.
            System.setProperty("jmh.ignoreLock", "true");
        }
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Medians of the rounds. */
    private record Measured(List<Collection<RunResult>> rounds) {

        double microseconds(String benchmark, String algorithm) {
            return median(round -> score(round, benchmark, algorithm));
        }

        double ratio(String benchmark, String other, String algorithm) {
            return median(round -> score(round, benchmark, algorithm) / score(round, other, algorithm));
        }

        long bytes(String benchmark, String algorithm) {
            return Math.round(median(round -> find(round, benchmark, algorithm)
                    .getSecondaryResults()
                    .get("gc.alloc.rate.norm")
                    .getScore()));
        }

        private double median(ToDoubleFunction<Collection<RunResult>> figure) {
            return Figures.median(rounds.stream().mapToDouble(figure).boxed().toList());
        }

        private static double score(Collection<RunResult> round, String benchmark, String algorithm) {
            return find(round, benchmark, algorithm).getPrimaryResult().getScore();
        }

        private static RunResult find(Collection<RunResult> round, String benchmark, String algorithm) {
            return round.stream()
                    .filter(run -> run.getParams().getBenchmark().endsWith("." + benchmark))
                    .filter(run -> run.getParams().getParam("algorithm").equals(algorithm))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("not run: " + benchmark + " " + algorithm));
        }
    }
}
