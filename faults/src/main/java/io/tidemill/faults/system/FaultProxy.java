package io.tidemill.faults.system;

import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP link that can be made bad: slow, silent, reset, or cut after some bytes. Bytes are never
 * changed; those held back while it is silent arrive later, as with a real network.
 */
public final class FaultProxy implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMinutes(10);
    private static final int BUFFER_BYTES = 8 << 10;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong allowance = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger cut = new AtomicInteger();
    private volatile Duration latency = Duration.ZERO;
    private volatile boolean silent;
    private volatile boolean closed;

    private FaultProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /** Listens on a free port of loopback and passes on to another. */
    public static FaultProxy to(int target) {
        try {
            ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            FaultProxy proxy = new FaultProxy(listening, target);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** Connections right now. */
    public int connections() {
        return open.size() / 2;
    }

    /** Everything passes again; tells how many connections were cut in mid-stream until now. */
    public int heal() {
        silent = false;
        latency = Duration.ZERO;
        allowance.set(Long.MAX_VALUE);
        return cut.getAndSet(0);
    }

    /** Nothing passes, and nobody is told. */
    public void blackhole() {
        silent = true;
    }

    /** Every piece arrives so much later. */
    public void delay(Duration more) {
        latency = more;
    }

    /**
     * After so many further bytes, of whichever connection, each connection that sends is reset.
     */
    public void cutAfter(long bytes) {
        allowance.set(bytes);
    }

    /** Breaks all connections the hard way; tells how many there were. */
    public int reset() {
        int broken = connections();
        // All first, for whoever passes bytes closes the other side as soon as one is closed.
        open.forEach(FaultProxy::beHard);
        open.forEach(FaultProxy::abort);
        return broken;
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException e) {
                // closed, or this one connection was not to be
            }
        }
    }

    private void join(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            open.add(client);
            open.add(server);
            Thread.ofVirtual().start(() -> pass(client, server, client));
            Thread.ofVirtual().start(() -> pass(server, client, client));
        } catch (IOException e) {
            abort(client);
        }
    }

    private void pass(Socket from, Socket to, Socket client) {
        try {
            copy(from, to, client);
            from.close();
            to.close();
        } catch (IOException e) {
            abort(from);
            abort(to);
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void copy(Socket from, Socket to, Socket client) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            hold();
            long left = allowance.addAndGet(-n);
            if (left < 0) {
                out.write(buffer, 0, (int) Math.max(0, n + left));
                countCut(client);
                abort(from);
                abort(to);
                return;
            }
            out.write(buffer, 0, n);
        }
        hold();
    }

    /** Once for a connection, though both its directions may come to their end together. */
    private void countCut(Socket client) {
        if (open.remove(client)) {
            cut.incrementAndGet();
        }
    }

    private void hold() {
        if (silent) {
            Wait.until(LOOK, () -> !silent || closed);
        }
        Duration more = latency;
        if (more.isPositive()) {
            Wait.until(more, () -> closed);
        }
    }

    private static void abort(Socket socket) {
        beHard(socket);
        try {
            socket.close();
        } catch (IOException e) {
            // it is closed already
        }
    }

    /** From now on its end is a reset. */
    private static void beHard(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reset();
    }
}
