package io.tidemill.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Looks for TCP ports on loopback. */
public final class FreePort {
    /**
     * Ports are taken from here on, below the range from which systems take ports for outgoing
     * connections.
     */
    public static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * A port nobody listens on; taken at random, so that two programs rarely choose the same, and
     * none twice by the same program, which may be slow to listen.
     */
    public static int find() {
        return find(FIRST, LAST);
    }

    /**
     * The same, of another range.
     *
     * @param last the first that is too high
     */
    public static int find(int first, int last) {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(first, last))
                .limit(1_000)
                .filter(port -> isFree(port) && GIVEN.add(port))
                .findFirst()
                .orElseThrow(() -> new LaunchException("no free port on 127.0.0.1"));
    }

    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
