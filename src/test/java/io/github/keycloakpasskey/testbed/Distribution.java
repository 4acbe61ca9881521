package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The distributions of Keycloak that the JAR is tested with, unpacked once each below the build directory. */
public final class Distribution {

    private static final String ARTIFACT = "keycloak-quarkus-dist";

    private Distribution() {}

    /** The versions that the build lists as tested, oldest first. */
    public static List<String> testedVersions() {
        return versions("passkey.tested-versions");
    }

    /** The versions that the core journeys run on. */
    static List<String> coreVersions() {
        return versions("passkey.core-versions").stream().distinct().toList();
    }

    private static List<String> versions(String property) {
        return List.of(Installation.property(property).split(","));
    }

    /** The home directory of this version; Maven downloads the distribution where this machine does not have it. */
    public static synchronized Path home(String version) {
        Path home = Path.of(Installation.property("passkey.keycloak-directory"))
                .resolve("keycloak-" + version)
                .toAbsolutePath();
        if (!Files.exists(home)) {
            try {
                unpack(archive(version), home);
            } catch (IOException e) {
                throw new UncheckedIOException("Keycloak " + version, e);
            }
        }
        return home;
    }

    /** The JAR files on the class path of this version. */
    public static List<Path> jars(String version) {
        return Stream.of("lib/lib/boot", "lib/lib/main")
                .flatMap(directory -> ProjectFiles.in(home(version).resolve(directory), ".jar").stream())
                .toList();
    }

    private static Path archive(String version) {
        Path repository = Path.of(Installation.property("passkey.local-repository"));
        Path archive = repository.resolve("org/keycloak/%1$s/%2$s/%1$s-%2$s.zip".formatted(ARTIFACT, version));
        if (!Files.exists(archive)) {
            Path log = Installation.buildDirectoryOfRun().resolve("download-" + version + ".log");
            List<String> maven = List.of(
                    "mvn",
                    "-B",
                    "-Dmaven.repo.local=" + repository,
                    "dependency:get",
                    "-Dtransitive=false",
                    "-Dartifact=org.keycloak:" + ARTIFACT + ":" + version + ":zip");
            new ServerProcess(maven, Map.of(), log).awaitEnd();
        }
        return archive;
    }

    /** Beside its place first, as what an interrupted run left would count as whole ever after. */
    private static void unpack(Path archive, Path home) throws IOException {
        Path incomplete = home.resolveSibling(home.getFileName() + ".incomplete");
        Directories.delete(incomplete);
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                unpack(zip, entry, incomplete);
            }
        }
        Files.move(incomplete.resolve(home.getFileName()), home, StandardCopyOption.ATOMIC_MOVE);
        Directories.delete(incomplete);
    }

    private static void unpack(ZipInputStream zip, ZipEntry entry, Path directory) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException(entry.getName() + " is outside of the archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
        if (target.toString().endsWith(".sh") && !target.toFile().setExecutable(true)) {
            throw new IOException(target + " cannot be made executable");
        }
    }
}
