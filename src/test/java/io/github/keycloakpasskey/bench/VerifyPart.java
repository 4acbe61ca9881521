package io.github.keycloakpasskey.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
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
        Results results = new Results();
        Table table = new Table(
                "Verification of one answer",
                "Ceremony",
                "Algorithm",
                "JDK's signature check, µs",
                "This extension, µs",
                "Built-in, µs",
                "Extension : signature",
                "from – to",
                "Built-in : signature",
                "Signature, bytes",
                "Extension, bytes",
                "Built-in, bytes");
        for (String ceremony : CEREMONIES) {
            for (String algorithm : scale.isShort() ? ALGORITHMS.subList(0, 1) : ALGORITHMS) {
                Measured measured = new Measured(rounds(ceremony, algorithm, scale));
                double signature = measured.microseconds("Signature");
                double extension = measured.microseconds("Extension");
                double builtIn = measured.microseconds("BuiltIn");
                List<Double> ratios = measured.ratios("Extension");
                double ratio = Figures.median(ratios);
                table.add(
                        ceremony.equals("signIn") ? "sign-in" : ceremony,
                        algorithm,
                        signature,
                        extension,
                        builtIn,
                        ratio,
                        Figures.range(ratios),
                        Figures.median(measured.ratios("BuiltIn")),
                        measured.bytes("Signature"),
                        measured.bytes("Extension"),
                        measured.bytes("BuiltIn"));
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

    /** The three ways one after the other, and that several times, so that whatever changes on the machine meets all. */
    private static List<Collection<RunResult>> rounds(String ceremony, String algorithm, Scale scale) {
        List<Collection<RunResult>> rounds = new ArrayList<>();
        for (int i = 0; i < scale.of(3, 1); i++) {
            rounds.add(run(ceremony, algorithm, scale));
        }
        return rounds;
    }

    private static Collection<RunResult> run(String ceremony, String algorithm, Scale scale) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(VerificationBenchmark.class.getName() + "\\." + ceremony + ".*")
                .param("algorithm", algorithm)
                .addProfiler(GCProfiler.class)
                .verbosity(scale.isShort() ? VerboseMode.SILENT : VerboseMode.NORMAL)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms512m", "-Xmx512m", "-Dslf4j.internal.verbosity=ERROR")
                // Until the compiler of the JVM is done, which on two cores takes about ten seconds.
                .warmupTime(scale.isShort() ? TimeValue.milliseconds(500) : TimeValue.seconds(4))
                .measurementTime(scale.isShort() ? TimeValue.milliseconds(500) : TimeValue.seconds(1))
                .warmupIterations(scale.isShort() ? 1 : 3)
                .measurementIterations(scale.isShort() ? 1 : 5)
                .forks(1);
        if (scale.isShort()) {
            // Nothing is compared, so that others on this machine may measure at the same time.
            System.setProperty("jmh.ignoreLock", "true");
        }
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the rounds of one ceremony and algorithm have measured; figures are their medians. */
    private record Measured(List<Collection<RunResult>> rounds) {

        double microseconds(String way) {
            return Figures.median(scores(way));
        }

        /** To the bare signature check of the same round. */
        List<Double> ratios(String way) {
            List<Double> scores = scores(way);
            List<Double> signatures = scores("Signature");
            return IntStream.range(0, scores.size())
                    .mapToObj(round -> scores.get(round) / signatures.get(round))
                    .toList();
        }

        long bytes(String way) {
            return Math.round(Figures.median(rounds.stream()
                    .map(round -> find(round, way)
                            .getSecondaryResults()
                            .get("gc.alloc.rate.norm")
                            .getScore())
                    .toList()));
        }

        private List<Double> scores(String way) {
            return rounds.stream()
                    .map(round -> find(round, way).getPrimaryResult().getScore())
                    .toList();
        }

        private static RunResult find(Collection<RunResult> round, String way) {
            return round.stream()
                    .filter(run -> run.getParams().getBenchmark().endsWith(way))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("not run: " + way));
        }
    }
}
