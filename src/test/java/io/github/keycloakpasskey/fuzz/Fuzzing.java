package io.github.keycloakpasskey.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What Jazzer's driver calls; its argument is the name of a target. */
public final class Fuzzing {

    private static FuzzTarget target;

    private Fuzzing() {}

    /** Called once. Judges every seed, so that time is taken of code that is loaded. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTargets.named(arguments[0]).make();
        target.seeds().values().forEach(target::judge);
    }

    /** Called with every input; what it throws is a finding. */
    public static void fuzzerTestOneInput(byte[] input) {
        InTime.judge(target, input);
    }

    /** Writes the seeds of each target into a folder below the given one, and prints the targets' names. */
    public static void main(String[] arguments) throws IOException {
        for (FuzzTargets each : FuzzTargets.values()) {
            Path folder = Files.createDirectories(Path.of(arguments[0], each.id(), "seeds"));
            for (Map.Entry<String, byte[]> seed : each.make().seeds().entrySet()) {
                Files.write(folder.resolve(seed.getKey()), seed.getValue());
            }
            System.out.println(each.id());
        }
    }
}
