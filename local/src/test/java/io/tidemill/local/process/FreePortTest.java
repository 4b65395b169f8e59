package io.tidemill.local.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    private static final int FIRST = 18_000;
    private static final int SOME = 20;

    @Test
    void noneIsGivenTwice() {
        int many = SOME * SOME;
        long different =
                IntStream.range(0, many)
                        .mapToObj(_ -> FreePort.find(FIRST, FIRST + 2 * many))
                        .collect(Collectors.toSet())
                        .size();
        assertEquals(many, different);
    }

    @Test
    void whereAllAreGivenThereIsNone() {
        assertThrows(
                LaunchException.class,
                () -> {
                    for (int i = 0; i <= SOME; i++) {
                        FreePort.find(FIRST - SOME, FIRST);
                    }
                });
    }

    @Test
    void oneThatSomebodyListensOnIsNotFree() throws IOException {
        int port = FreePort.find();
        assertTrue(FreePort.isFree(port));
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertFalse(FreePort.isFree(port));
        }
    }
}
