package io.tidemill.faults.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final byte[] PING = {1, 2, 3, 4};
    private static final Duration SOON = Duration.ofSeconds(10);

    private ServerSocket echo;
    private FaultProxy proxy;
    private Socket client;

    @BeforeEach
    void connect() throws IOException {
        echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::echo);
        proxy = FaultProxy.to(echo.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout((int) SOON.toMillis());
        assertArrayEquals(PING, ping());
    }

    private void echo() {
        try (Socket peer = echo.accept()) {
            peer.getInputStream().transferTo(peer.getOutputStream());
        } catch (IOException e) {
            // that is what the tests do to it
        }
    }

    private byte[] ping() throws IOException {
        client.getOutputStream().write(PING);
        return client.getInputStream().readNBytes(PING.length);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        echo.close();
    }

    @Test
    void whatASilentLinkHoldsBackArrivesWhenItIsHealed() throws IOException {
        proxy.blackhole();
        client.getOutputStream().write(PING);
        client.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
        proxy.heal();
        client.setSoTimeout((int) SOON.toMillis());
        assertArrayEquals(PING, client.getInputStream().readNBytes(PING.length));
    }

    @Test
    void aSlowLinkDelaysEachWay() throws IOException {
        proxy.delay(Duration.ofMillis(100));
        long begin = System.nanoTime();
        assertArrayEquals(PING, ping());
        assertTrue(System.nanoTime() - begin >= Duration.ofMillis(200).toNanos());
    }

    @Test
    void aResetIsSeenByTheClientAndCounted() {
        assertEquals(1, proxy.reset());
        assertThrows(SocketException.class, () -> client.getInputStream().read());
        assertTrue(Wait.until(SOON, () -> proxy.connections() == 0));
    }

    @Test
    void aCutComesInTheMiddleOfAMessage() throws IOException {
        proxy.cutAfter(2);
        client.getOutputStream().write(PING);
        assertThrows(SocketException.class, () -> client.getInputStream().readNBytes(PING.length));
        assertEquals(1, proxy.heal());
    }
}
