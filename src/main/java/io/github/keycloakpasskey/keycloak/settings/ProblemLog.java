package io.github.keycloakpasskey.keycloak.settings;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/**
 * Warns about invalid settings, once for each realm and value.
 *
 * <p>Settings are read for every page, including pages that anyone can open. Without this, one invalid setting would
 * fill the log. A changed value is logged again, but no realm gets more than {@value #MAX_PER_REALM} lines an hour, so that
 * its administrator cannot fill the log of a server that other realms share. The newest {@value #CAPACITY} warnings are
 * remembered.
 */
public final class ProblemLog {

    static final int CAPACITY = 2000;
    static final int MAX_PER_REALM = 100;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final ProblemLog OF_SERVER =
            new ProblemLog(Logger.getLogger(ProblemLog.class)::warn, Clock.systemUTC());

    private final Consumer<String> log;
    private final Clock clock;
    private final Set<Warning> logged = new LinkedHashSet<>();
    private final Map<String, Lines> linesOfRealms = new LinkedHashMap<>();

    ProblemLog(Consumer<String> log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /** The one that writes to the log of this server. */
    public static ProblemLog ofServer() {
        return OF_SERVER;
    }

    /**
     * Logs a problem, unless the same has been logged before.
     *
     * @param subject where the problem is, in words for an administrator; foreign text in it is quoted
     * @param value what is wrong; when it changes, the problem is logged again
     * @param problem what is wrong about it; foreign text in it is quoted
     */
    public void warn(RealmModel realm, String subject, Object value, String problem) {
        Warning warning = new Warning(realm.getId(), subject, Objects.hashCode(value), problem);
        String name = "realm " + ForeignText.quoted(realm.getName());
        switch (admit(warning)) {
            case LOG -> log.accept(name + ", " + subject + ": " + problem);
            case LOG_THE_LAST ->
                log.accept(name + ": more than " + MAX_PER_REALM + " problems of settings within an hour; no more are"
                        + " logged until the hour is over");
            case SKIP -> {
                // Logged already, or one too many.
            }
        }
    }

    private synchronized Admission admit(Warning warning) {
        if (logged.remove(warning)) {
            logged.add(warning);
            return Admission.SKIP;
        }
        int line = nextLineOf(warning.realmId());
        if (line > MAX_PER_REALM) {
            return line == MAX_PER_REALM + 1 ? Admission.LOG_THE_LAST : Admission.SKIP;
        }
        logged.add(warning);
        if (logged.size() > CAPACITY) {
            removeOldest(logged);
        }
        return Admission.LOG;
    }

    /** Which line of the realm's in this hour the next one is. */
    private int nextLineOf(String realm) {
        Instant now = clock.instant();
        Lines lines = Optional.ofNullable(linesOfRealms.remove(realm))
                .filter(counted -> now.isBefore(counted.end()))
                .orElseGet(() -> new Lines(0, now.plus(HOUR)))
                .andOne();
        linesOfRealms.put(realm, lines);
        if (linesOfRealms.size() > CAPACITY) {
            removeOldest(linesOfRealms.keySet());
        }
        return lines.count();
    }

    private static void removeOldest(Set<?> set) {
        Iterator<?> oldest = set.iterator();
        oldest.next();
        oldest.remove();
    }

    private enum Admission {
        LOG,
        LOG_THE_LAST,
        SKIP
    }

    /** @param value the hash of the value, which may be long */
    private record Warning(String realmId, String subject, int value, String problem) {}

    /** How many lines a realm got in an hour, and when that hour ends. */
    private record Lines(int count, Instant end) {

        /** One more. The count stops where it makes no difference. */
        Lines andOne() {
            return new Lines(Math.min(count, MAX_PER_REALM + 1) + 1, end);
        }
    }
}
