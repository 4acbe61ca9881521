package io.github.keycloakpasskey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * Two Keycloaks as they are run in earnest: with caches that they share, one PostgreSQL, and a proxy that sends each
 * request to the next of them.
 */
public final class Cluster implements AutoCloseable {

    private static final int NODES = 2;

    /** So far above the port of JGroups listens its failure detection, FD_SOCK2. */
    private static final int FAILURE_DETECTION = 50_000;

    /** Neither they nor those of the failure detection are lent to outgoing connections: Linux lends 32 768 to 60 999. */
    private static final int PORTS_FROM = 11_000;

    private static final int PORTS_BELOW = 15_500;

    /** Random ones, as other runs on this machine look for some at the same time. */
    private final PrimitiveIterator.OfInt ports = new SecureRandom()
            .ints(PORTS_FROM, PORTS_BELOW)
            .distinct()
            .filter(port -> isFree(port) && isFree(port + FAILURE_DETECTION))
            .iterator();

    private final Resources resources = new Resources();
    private final RoundRobin proxy;
    private final EmbeddedPostgresql database;
    private final Line line;
    private final StandInApp app;
    private final List<Node> nodes = new ArrayList<>();

    /** Starts one after the other: the first makes the database's tables and the realm. */
    Cluster(Installation installation) {
        try {
            proxy = resources.add(new RoundRobin(), RoundRobin::close);
            database = resources.add(new EmbeddedPostgresql(), EmbeddedPostgresql::close);
            line = resources.add(new Line(database.port()), Line::close);
            app = resources.add(new StandInApp(), StandInApp::close);
            for (int i = 0; i < NODES; i++) {
                Node node = resources.add(new Node(installation, i), Node::stop);
                nodes.add(node);
                node.awaitReady();
            }
            sendToAll();
        } catch (RuntimeException | Error e) {
            resources.closeAfter(e);
            throw e;
        }
    }

    /** A realm of its own for one test. */
    public TestRealm newRealm() {
        return new TestRealm(
                proxy.baseUrl(),
                app.redirectUri(),
                () -> {
                    throw new UnsupportedOperationException("The nodes send no e-mails");
                },
                this::onEachNode);
    }

    /** Does this with each node that lives: all requests go to it meanwhile. */
    private void onEachNode(Runnable step) {
        List<URI> before = proxy.servers();
        try {
            nodes.stream().filter(Node::isAlive).forEach(node -> {
                proxy.sendTo(List.of(node.address));
                step.run();
            });
        } finally {
            proxy.sendTo(before);
        }
    }

    /** From now on all requests go to this node. */
    public void sendTo(int node) {
        proxy.sendTo(List.of(nodes.get(node).address));
    }

    /** From now on each request goes to the next node. */
    public void sendToAll() {
        proxy.sendTo(addresses());
    }

    /** The same, but a POST waits until there is one for each node: then they go on at once, each to one of its own. */
    public void sendPostsToEach() {
        proxy.sendPostsToEachOf(addresses());
    }

    /** Which nodes answered the requests of this method since it was said where requests go. */
    public List<Integer> answeredBy(String method) {
        return proxy.answeredBy(method).stream().map(addresses()::indexOf).toList();
    }

    private List<URI> addresses() {
        return nodes.stream().map(node -> node.address).toList();
    }

    /** SIGKILL: the node has no time to hand anything over. */
    public void kill(int node) {
        nodes.get(node).process.kill();
    }

    /** Undoes what a test did: all nodes serve, the database answers, each request goes to the next node. */
    public void restore() {
        connectDatabase();
        sendToAll();
        nodes.stream().filter(node -> !node.isAlive()).forEach(Node::restart);
    }

    /** Has the database not answer, as one that is restarted or moved. */
    public void cutDatabaseOff() {
        line.cut();
    }

    /** Has the database hang: it takes connections and questions, and answers nothing. */
    public void holdDatabase() {
        line.hold();
    }

    /** Has the database answer again. */
    public void connectDatabase() {
        line.mend();
    }

    /** Locks a row in the database, past Keycloak. */
    public RowLock lock(String table, String id) {
        return new RowLock(database, table, id);
    }

    /** Writes what the nodes logged to files in this directory. */
    void copyLogsTo(Path directory) {
        IntStream.range(0, nodes.size())
                .forEach(i -> nodes.get(i).process.copyLogTo(directory.resolve("keycloak-node-" + i + ".log")));
    }

    @Override
    public void close() {
        resources.close();
    }

    private final class Node {

        private final URI address;
        private ServerProcess process;

        /** Starts it. */
        Node(Installation installation, int number) {
            int port = ports.nextInt();
            address = URI.create("http://127.0.0.1:" + port);
            Path home;
            try {
                home = KeycloakProcess.prepareHome(installation, "node-" + number);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            List<String> command = new ArrayList<>(List.of(
                    home.resolve("bin/kc.sh").toString(),
                    "start",
                    "--cache=ispn",
                    "--cache-embedded-network-bind-address=127.0.0.1",
                    "--cache-embedded-network-bind-port=" + ports.nextInt(),
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--hostname=" + proxy.baseUrl(),
                    "--import-realm"));
            command.addAll(database.serverOptions(line.port()));
            process = new ServerProcess(
                    command,
                    ServerProcess.testEnvironment(),
                    installation.buildDirectory().resolve("keycloak-node-" + number + ".log"));
        }

        /** Waits until it serves. */
        void awaitReady() {
            process.awaitReady(address.resolve("/realms/" + TestRealm.NAME));
        }

        void restart() {
            process = process.startAgain();
            awaitReady();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        void stop() {
            process.close();
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
