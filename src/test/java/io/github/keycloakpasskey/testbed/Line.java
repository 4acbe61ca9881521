package io.github.keycloakpasskey.testbed;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A line to a server of this machine that can be cut: all its connections end, and no new one begins. It can also be held:
 * connections stay and begin, and nothing comes through.
 */
final class Line implements AutoCloseable {

    private final int to;
    private final ServerSocket from;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /** Not open where what was sent has to wait. */
    private volatile CountDownLatch way = new CountDownLatch(0);

    /** @param to the port of the server */
    Line(int to) {
        this.to = to;
        try {
            from = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** The port at which the server is reached by this line. */
    int port() {
        return from.getLocalPort();
    }

    void cut() {
        cut = true;
        open.forEach(Line::end);
    }

    void hold() {
        way = new CountDownLatch(1);
    }

    /** What was held back comes through now. */
    void mend() {
        cut = false;
        way.countDown();
    }

    private void accept() {
        while (!from.isClosed()) {
            try {
                Socket here = from.accept();
                open.add(here);
                if (cut) {
                    end(here);
                } else {
                    connect(here);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket here) {
        try {
            Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(there);
            threads.execute(() -> pass(here, there));
            threads.execute(() -> pass(there, here));
        } catch (IOException unreachable) {
            end(here);
        }
    }

    private void pass(Socket one, Socket other) {
        byte[] sent = new byte[8192];
        try {
            for (int length = one.getInputStream().read(sent);
                    length >= 0;
                    length = one.getInputStream().read(sent)) {
                way.await();
                other.getOutputStream().write(sent, 0, length);
            }
        } catch (IOException ended) {
            // As both sides do now.
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            end(one);
            end(other);
            open.remove(one);
            open.remove(other);
        }
    }

    private static void end(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        end(from);
        open.forEach(Line::end);
        threads.shutdownNow();
    }
}
