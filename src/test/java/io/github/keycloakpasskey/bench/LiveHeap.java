package io.github.keycloakpasskey.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What another JVM cannot collect: the sum of the histogram that {@code jcmd} gives after a full collection. */
final class LiveHeap {

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+(\\d+)\\s+(\\d+)", Pattern.MULTILINE);

    private final long process;

    LiveHeap(long process) {
        this.process = process;
    }

    record Size(long objects, long bytes) {

        double megabytes() {
            return bytes / 1e6;
        }
    }

    Size measure() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process histogram = new ProcessBuilder(jcmd, String.valueOf(process), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(output);
            if (!total.find()) {
                throw new IllegalStateException("jcmd gave no histogram: " + output);
            }
            return new Size(Long.parseLong(total.group(1)), Long.parseLong(total.group(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
