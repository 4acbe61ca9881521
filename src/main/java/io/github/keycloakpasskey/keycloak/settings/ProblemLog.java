package io.github.keycloakpasskey.keycloak.settings;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/**
 * Warns about invalid settings, once for each realm and value.
 *
 * <p>Settings are read for every page, including pages that anyone can open. Without this, one invalid setting would
 * fill the log. A changed value is logged again. The newest {@value #CAPACITY} warnings are remembered; only when a
 * server has more than that can a warning be repeated.
 */
final class ProblemLog {

    static final int CAPACITY = 2000;

    private static final ProblemLog OF_SERVER = new ProblemLog(Logger.getLogger(ProblemLog.class)::warn);

    private final Consumer<String> log;
    private final Set<Warning> logged = new LinkedHashSet<>();

    ProblemLog(Consumer<String> log) {
        this.log = log;
    }

    /** The one that writes to the log of this server. */
    static ProblemLog ofServer() {
        return OF_SERVER;
    }

    /**
     * Logs a problem, unless the same has been logged before.
     *
     * @param subject where the problem is, in words for an administrator; foreign text in it is quoted
     * @param value what is wrong; when it changes, the problem is logged again
     * @param problem what is wrong about it; foreign text in it is quoted
     */
    void warn(RealmModel realm, String subject, Object value, String problem) {
        if (remember(new Warning(realm.getId(), subject, Objects.hashCode(value), problem))) {
            log.accept("realm " + ForeignText.quoted(realm.getName()) + ", " + subject + ": " + problem);
        }
    }

    /** @return whether the warning is new */
    private synchronized boolean remember(Warning warning) {
        boolean isNew = !logged.remove(warning);
        logged.add(warning);
        if (logged.size() > CAPACITY) {
            Iterator<Warning> oldest = logged.iterator();
            oldest.next();
            oldest.remove();
        }
        return isNew;
    }

    /** @param value the hash of the value, which may be long */
    private record Warning(String realmId, String subject, int value, String problem) {}
}
