package io.github.keycloakpasskey.bench;

import io.github.keycloakpasskey.testbed.ProductionServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** The server that all parts of a run share, with a realm for each way to sign in. Started when a part asks for it. */
final class Site implements AutoCloseable {

    /** Each client has somebody of its own to sign in. */
    private static final int MOST_CLIENTS = 16;

    private final Path directory;
    private final Scale scale;
    private final Map<Way, BenchRealm> realms = new EnumMap<>(Way.class);
    private ProductionServer server;
    private Statements statements;

    /** @param directory where results and the server's log go */
    Site(Path directory, Scale scale) {
        this.directory = directory;
        this.scale = scale;
    }

    Path directory() {
        return directory;
    }

    ProductionServer server() {
        if (server == null) {
            server = ProductionServer.start(directory);
        }
        return server;
    }

    /** The realm in which people sign in this way, each with what they need for that. */
    BenchRealm realm(Way way) {
        return realms.computeIfAbsent(way, missing -> BenchRealm.make(server(), way, scale.of(32, MOST_CLIENTS)));
    }

    /** Has people sign in this way until the server has compiled what they need. */
    Load.Round warmUp(Way way, Duration duration) {
        return new Load(realm(way), 4).run(duration);
    }

    Statements statements() {
        if (statements == null) {
            statements = new Statements(server().database());
        }
        return statements;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
