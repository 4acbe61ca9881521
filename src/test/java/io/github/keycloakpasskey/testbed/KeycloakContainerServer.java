package io.github.keycloakpasskey.testbed;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** A Keycloak in a container, from the official image. */
final class KeycloakContainerServer implements KeycloakServer {

    private static final String HOME = "/opt/keycloak";
    private static final String AGENT = HOME + "/jacoco-agent.jar";
    private static final String COVERAGE = "/tmp/jacoco.exec";
    private static final int STOPS_WITHIN_SECONDS = 30;

    private final KeycloakContainer container;
    private final Path coverage;
    private final boolean measured;
    private final Path log;
    private final Database database;

    KeycloakContainerServer(Installation installation, Database database) {
        this.database = database;
        container = new KeycloakContainer("keycloak/keycloak:" + installation.version())
                .withAdminUsername(ADMIN)
                .withAdminPassword(ADMIN)
                .withProviderLibsFrom(List.of(installation.jar().toFile(), ceremonyApi(installation)))
                .withCopyFileToContainer(
                        MountableFile.forHostPath(installation.realm()), HOME + "/data/import/realm.json")
                .withCopyToContainer(Transferable.of(Vendors.metadata()), HOME + "/conf/metadata.jwt")
                .withCopyToContainer(
                        Transferable.of(Pem.of(TestMetadata.ROOT.certificate())), HOME + "/conf/metadata-root.pem")
                .withCopyToContainer(
                        Transferable.of(Pem.of(Vendors.TRUSTED.certificate())), HOME + "/conf/truststores/vendor.pem")
                .withCustomCommand("--import-realm " + METADATA_OPTION + "location=" + HOME + "/conf/metadata.jwt "
                        + METADATA_OPTION + "roots=" + HOME + "/conf/metadata-root.pem");
        coverage = installation.coverage(database.kind());
        log = installation.log(database.kind());
        Optional<Path> agent = installation.coverageAgent();
        measured = agent.isPresent();
        agent.ifPresent(jar -> container
                .withCopyFileToContainer(MountableFile.forHostPath(jar), AGENT)
                .withEnv("JAVA_OPTS_APPEND", Installation.coverageOptions(AGENT, COVERAGE)));
        container.start();
    }

    private static File ceremonyApi(Installation installation) {
        try {
            return CeremonyApiJar.writeTo(installation.buildDirectory()).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI baseUrl() {
        return URI.create("http://localhost:" + container.getHttpPort());
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void copyLogTo(Path file) {
        try {
            Files.writeString(file, container.getLogs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server before the container goes, as its coverage is written when it ends. */
    @Override
    public void close() {
        DockerClientFactory.instance()
                .client()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOPS_WITHIN_SECONDS)
                .exec();
        copyLogTo(log);
        if (measured) {
            container.copyFileFromContainer(COVERAGE, coverage.toString());
        }
        container.stop();
    }
}
