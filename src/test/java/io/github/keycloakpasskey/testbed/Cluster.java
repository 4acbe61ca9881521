package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two Keycloaks as they are run in earnest: with caches that they share, one PostgreSQL, and a proxy that sends each
 * request to the next of them.
 */
public final class Cluster implements AutoCloseable {

    private static final int NODES = 2;

    /** Where the ports for JGroups are looked for: its failure detection listens 50 000 above them. */
    private static final int CLUSTER_PORTS_FROM = 7800;

    private static final int CLUSTER_PORTS_EACH = 100;

    private final RoundRobin proxy = new RoundRobin();
    private final EmbeddedPostgresql database = new EmbeddedPostgresql();
    private final Line line = new Line(database.port());
    private final StandInApp app = new StandInApp();
    private final List<Node> nodes = new ArrayList<>();

    /** Starts one after the other: the first makes the database's tables and the realm. */
    Cluster(Installation installation) {
        Path logs = installation.buildDirectory();
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node(installation, i));
        }
        for (Node node : nodes) {
            node.start(logs);
        }
        sendToAll();
    }

    /** A realm of its own for one test. */
    public TestRealm newRealm() {
        return new TestRealm(proxy.baseUrl(), app.redirectUri(), () -> {
            throw new UnsupportedOperationException("The nodes send no e-mails");
        });
    }

    /** From now on all requests go to this node. */
    public void sendTo(int node) {
        proxy.sendTo(List.of(nodes.get(node).address));
    }

    /** From now on each request goes to the next node. */
    public void sendToAll() {
        proxy.sendTo(nodes.stream().map(node -> node.address).toList());
    }

    /** SIGKILL: the node has no time to hand anything over. */
    public void kill(int node) {
        nodes.get(node).process.kill();
    }

    /** Starts a killed node again, and waits until it serves. */
    public void restart(int node) {
        nodes.get(node).start(Installation.buildDirectoryOfRun());
    }

    /** Has the database not answer, as one that is restarted or moved. */
    public void cutDatabaseOff() {
        line.cut();
    }

    /** Has the database answer again. */
    public void connectDatabase() {
        line.mend();
    }

    /** Writes what the nodes logged to files in this directory. */
    void copyLogsTo(Path directory) {
        IntStream.range(0, nodes.size())
                .forEach(i -> nodes.get(i).process.copyLogTo(directory.resolve("keycloak-node-" + i + ".log")));
    }

    @Override
    public void close() {
        try {
            nodes.forEach(Node::stop);
        } finally {
            proxy.close();
            line.close();
            database.close();
            app.close();
        }
    }

    private final class Node {

        private final int number;
        private final Path home;
        private final int port = ServerProcess.freePort();
        private final int clusterPort;
        private final URI address = URI.create("http://127.0.0.1:" + port);
        private ServerProcess process;

        Node(Installation installation, int number) {
            this.number = number;
            clusterPort = freePortFrom(CLUSTER_PORTS_FROM + number * CLUSTER_PORTS_EACH);
            try {
                home = KeycloakProcess.prepareHome(installation, "node-" + number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void start(Path logs) {
            List<String> command = new ArrayList<>(List.of(
                    home.resolve("bin/kc.sh").toString(),
                    "start",
                    "--cache=ispn",
                    "--cache-embedded-network-bind-address=127.0.0.1",
                    "--cache-embedded-network-bind-port=" + clusterPort,
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--hostname=" + proxy.baseUrl(),
                    "--import-realm"));
            command.addAll(database.serverOptions(line.port()));
            process = new ServerProcess(
                    command, ServerProcess.ADMINISTRATOR, logs.resolve("keycloak-node-" + number + ".log"));
            process.awaitReady(address.resolve("/realms/" + TestRealm.NAME));
        }

        void stop() {
            if (process != null && process.isAlive()) {
                process.close();
            }
        }
    }

    private static int freePortFrom(int first) {
        return IntStream.range(first, first + CLUSTER_PORTS_EACH)
                .filter(Cluster::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No port is free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
