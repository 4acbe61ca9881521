package io.github.keycloakpasskey.metadata;

import com.webauthn4j.metadata.data.toc.StatusReport;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** How the FIDO Alliance has certified a model of authenticators (MDS §3.1.4), from the least to the most. */
public enum CertificationLevel {
    /** Listed in the metadata, but not certified, or by its vendor's own word only. */
    NOT_CERTIFIED("listed"),
    /** It works as specified; nothing is said of its security. */
    FIDO_CERTIFIED("functional"),
    L1("L1"),
    L1_PLUS("L1plus"),
    L2("L2"),
    L2_PLUS("L2plus"),
    L3("L3"),
    L3_PLUS("L3plus");

    private final String code;

    CertificationLevel(String code) {
        this.code = code;
    }

    /** How settings name it. */
    public String code() {
        return code;
    }

    /**
     * The level that a setting names.
     *
     * @throws IllegalArgumentException with a message for the administrator, if there is no such level
     */
    public static CertificationLevel ofCode(String code) {
        return Arrays.stream(values())
                .filter(level -> level.code.equals(code))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("\"" + code
                        + "\" is no certification level; these are: "
                        + Arrays.stream(values()).map(CertificationLevel::code).collect(Collectors.joining(", "))));
    }

    /**
     * The level that a model has on a day. What was reported last holds; a report without a date holds as
     * long as it is there. Functional certification is another programme than the levels and takes none
     * of them away; of two levels reported for one day, the higher one holds.
     */
    static CertificationLevel of(List<StatusReport> reports, LocalDate day) {
        List<StatusReport> inOrder = reports.stream()
                .filter(report -> !dateOf(report).isAfter(day) || report.getEffectiveDate() == null)
                .sorted(Comparator.comparing(CertificationLevel::dateOf).thenComparing(CertificationLevel::reported))
                .toList();
        CertificationLevel held = NOT_CERTIFIED;
        for (StatusReport report : inOrder) {
            held = switch (report.getStatus()) {
                case NOT_FIDO_CERTIFIED -> NOT_CERTIFIED;
                case FIDO_CERTIFIED -> held == NOT_CERTIFIED ? FIDO_CERTIFIED : held;
                case FIDO_CERTIFIED_L1,
                        FIDO_CERTIFIED_L1_PLUS,
                        FIDO_CERTIFIED_L2,
                        FIDO_CERTIFIED_L2_PLUS,
                        FIDO_CERTIFIED_L3,
                        FIDO_CERTIFIED_L3_PLUS -> reported(report);
                default -> held;
            };
        }
        return held;
    }

    private static LocalDate dateOf(StatusReport report) {
        return report.getEffectiveDate() == null ? LocalDate.MAX : report.getEffectiveDate();
    }

    private static CertificationLevel reported(StatusReport report) {
        return switch (report.getStatus()) {
            case FIDO_CERTIFIED -> FIDO_CERTIFIED;
            case FIDO_CERTIFIED_L1 -> L1;
            case FIDO_CERTIFIED_L1_PLUS -> L1_PLUS;
            case FIDO_CERTIFIED_L2 -> L2;
            case FIDO_CERTIFIED_L2_PLUS -> L2_PLUS;
            case FIDO_CERTIFIED_L3 -> L3;
            case FIDO_CERTIFIED_L3_PLUS -> L3_PLUS;
            default -> NOT_CERTIFIED;
        };
    }
}
