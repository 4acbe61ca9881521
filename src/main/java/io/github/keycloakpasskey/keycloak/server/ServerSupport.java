package io.github.keycloakpasskey.keycloak.server;

import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.common.Version;

/**
 * Whether this extension works on the Keycloak that runs it. A tested version needs no check. On any other, all that the
 * extension needs of Keycloak is looked for once, at start. What is missing is then one line in the log and a refusal in
 * words, and never a {@link NoSuchMethodError} on a page.
 */
public final class ServerSupport {

    private static final Logger LOG = Logger.getLogger(ServerSupport.class);
    private static final ServerSupport HERE = here();

    private final String version;
    private final TestedVersions tested;
    private final Set<String> missing;

    ServerSupport(String version, TestedVersions tested, Set<String> missing) {
        this.version = version;
        this.tested = tested;
        this.missing = Set.copyOf(missing);
    }

    private static ServerSupport here() {
        TestedVersions tested = TestedVersions.read();
        ClassLoader loader = ServerSupport.class.getClassLoader();
        Set<String> missing = tested.contains(Version.VERSION)
                ? Set.of()
                : LinkCheck.of(loader, RegisteredFactories.in(loader)).missing();
        return new ServerSupport(Version.VERSION, tested, missing);
    }

    /** Why the extension cannot work on this server, and what an administrator can do; empty where it can. */
    public static Optional<String> obstacle() {
        return HERE.describeObstacle();
    }

    /** Logs, where this version of Keycloak is not a tested one, whether the extension works on it. */
    public static void logAtStart() {
        HERE.describeObstacle().ifPresent(LOG::error);
        HERE.describeDoubt().ifPresent(LOG::warn);
    }

    Optional<String> describeObstacle() {
        return missing.stream()
                .sorted()
                .findFirst()
                .map(first -> "keycloak-passkey does not work on Keycloak %s, which lacks %s%s. Use Keycloak %s, or a"
                                .formatted(version, first, others(), tested)
                        + " version of keycloak-passkey that supports Keycloak " + version + ".");
    }

    private String others() {
        return missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more";
    }

    Optional<String> describeDoubt() {
        return tested.contains(version) || !missing.isEmpty()
                ? Optional.empty()
                : Optional.of(("keycloak-passkey has not been tested with Keycloak %s, only with %s."
                                + " Everything it needs is present.")
                        .formatted(version, tested));
    }
}
