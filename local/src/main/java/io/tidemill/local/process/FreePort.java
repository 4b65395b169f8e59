package io.tidemill.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Looks for TCP ports on loopback. */
public final class FreePort {
    /** Below the range from which systems take ports for outgoing connections. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private FreePort() {}

    /** A port nobody listens on; taken at random, so that two programs rarely choose the same. */
    public static int find() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, LAST))
                .limit(1_000)
                .filter(FreePort::isFree)
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
