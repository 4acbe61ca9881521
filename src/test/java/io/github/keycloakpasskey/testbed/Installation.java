package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * What the build hands to the tests.
 *
 * @param version of the Keycloak to start
 * @param home the unpacked distribution of that version
 * @param jar the extension
 * @param realm the realm to import
 * @param buildDirectory where results go
 */
record Installation(String version, Path home, Path jar, Path realm, Path buildDirectory) {

    static Installation fromBuild() {
        return new Installation(
                property("passkey.keycloak-version"),
                Distribution.home(property("passkey.keycloak-version")),
                Path.of(property("passkey.jar")),
                Path.of("realm-export.json").toAbsolutePath(),
                buildDirectoryOfRun());
    }

    /** The same with another version of Keycloak. */
    Installation on(String otherVersion) {
        return new Installation(otherVersion, Distribution.home(otherVersion), jar, realm, buildDirectory);
    }

    static Path buildDirectoryOfRun() {
        return Path.of(property("passkey.build-directory"));
    }

    /**
     * Makes a directory of its own for a server with the extension and without data, so that another use of the
     * distribution (the demo) does not meet it.
     */
    void prepare(Path serverHome) throws IOException {
        if (!Files.exists(serverHome)) {
            // Beside it first, as a copy that was interrupted would count as whole ever after.
            Path incomplete = serverHome.resolveSibling(serverHome.getFileName() + ".incomplete");
            Directories.delete(incomplete);
            Directories.copy(home, incomplete);
            Files.move(incomplete, serverHome, StandardCopyOption.ATOMIC_MOVE);
        }
        Directories.delete(serverHome.resolve("data"));
        Files.copy(
                jar, serverHome.resolve("providers").resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** The JaCoCo agent, where the build put one. */
    Optional<Path> coverageAgent() {
        return Optional.of(buildDirectory.resolve("jacoco-agent.jar")).filter(Files::exists);
    }

    /** Where the server of this version and database logs to. */
    Path log(DatabaseKind database) {
        return buildDirectory.resolve("keycloak-" + version + "-" + database.code() + ".log");
    }

    /** Where the coverage of the server with this database is merged from. */
    Path coverage(DatabaseKind database) {
        return buildDirectory.resolve("jacoco-server-" + version + "-" + database.code() + ".exec");
    }

    static String coverageOptions(String agent, String destination) {
        return "-javaagent:%s=destfile=%s,includes=io.github.keycloakpasskey.*".formatted(agent, destination);
    }

    static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("Run by Maven's failsafe plugin, which sets -D" + name);
        }
        return value;
    }
}
