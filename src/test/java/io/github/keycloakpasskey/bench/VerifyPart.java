package io.github.keycloakpasskey.bench;

import java.util.Collection;
import java.util.List;
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
        Measured measured = new Measured(run(scale));
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
                table.add(
                        ceremony.equals("signIn") ? "sign-in" : ceremony,
                        algorithm,
                        signature,
                        extension,
                        builtIn,
                        extension / signature,
                        builtIn / signature,
                        measured.bytes(ceremony + "Signature", algorithm),
                        measured.bytes(ceremony + "Extension", algorithm),
                        measured.bytes(ceremony + "BuiltIn", algorithm));
                if (algorithm.equals("ES256")) {
                    results.add(Goal.atMost(
                            "Time of " + (ceremony.equals("signIn") ? "a sign-in's" : "a registration's")
                                    + " verification : the bare signature check, ES256",
                            extension / signature,
                            MOST_TIMES_THE_SIGNATURE));
                }
            }
        }
        results.add(table);
        return results;
    }

    private static Collection<RunResult> run(Scale scale) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(VerificationBenchmark.class.getName() + "\\..*")
                .addProfiler(GCProfiler.class)
                .verbosity(scale.isShort() ? VerboseMode.SILENT : VerboseMode.NORMAL)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms512m", "-Xmx512m", "-Dslf4j.internal.verbosity=ERROR")
                .warmupTime(scale.isShort() ? TimeValue.milliseconds(500) : TimeValue.seconds(1))
                .measurementTime(scale.isShort() ? TimeValue.milliseconds(500) : TimeValue.seconds(1))
                .warmupIterations(scale.isShort() ? 1 : 5)
                .measurementIterations(scale.isShort() ? 1 : 5)
                .forks(scale.isShort() ? 1 : 3);
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

    private record Measured(Collection<RunResult> runs) {

        double microseconds(String benchmark, String algorithm) {
            return run(benchmark, algorithm).getPrimaryResult().getScore();
        }

        long bytes(String benchmark, String algorithm) {
            return Math.round(run(benchmark, algorithm)
                    .getSecondaryResults()
                    .get("gc.alloc.rate.norm")
                    .getScore());
        }

        private RunResult run(String benchmark, String algorithm) {
            return runs.stream()
                    .filter(run -> run.getParams().getBenchmark().endsWith("." + benchmark))
                    .filter(run -> run.getParams().getParam("algorithm").equals(algorithm))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("not run: " + benchmark + " " + algorithm));
        }
    }
}
