package io.github.keycloakpasskey.bench;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;

/** How figures are summed up and written. */
final class Figures {

    private Figures() {}

    /** Whole numbers in groups of three; others with three digits that say something, or two places. */
    static String text(Object cell) {
        if (cell instanceof Double number) {
            int places = Math.abs(number) >= 100 ? 0 : Math.abs(number) >= 10 ? 1 : 2;
            return grouped("%,." + places + "f", number);
        }
        return cell instanceof Number number ? grouped("%,d", number.longValue()) : cell.toString();
    }

    private static String grouped(String format, Object number) {
        return String.format(Locale.ROOT, format, number).replace(',', ' ');
    }

    /** The smallest and the largest. */
    static String range(Collection<Double> values) {
        return text(Collections.min(values)) + " – " + text(Collections.max(values));
    }

    static double median(Collection<? extends Number> values) {
        return percentile(values, 50);
    }

    /** The value that this many of a hundred do not exceed; between two values in proportion. */
    static double percentile(Collection<? extends Number> values, double percent) {
        double[] sorted =
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double position = percent / 100 * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
