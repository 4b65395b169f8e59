package io.tidemill.storage.filesystem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForcedOftenTest {
    private static final int WRITE = 3 * 1024 * 1024;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final List<Integer> forcedAt = new ArrayList<>();

    @Test
    void everyFewMegabytesAreForcedAndNothingIsChanged() throws IOException {
        byte[] bytes = new byte[7 * WRITE];
        new Random(1).nextBytes(bytes);
        try (ForcedOften channel =
                new ForcedOften(Channels.newChannel(file), () -> forcedAt.add(file.size()))) {
            for (int i = 0; i < bytes.length; i += WRITE) {
                assertEquals(WRITE, channel.write(ByteBuffer.wrap(bytes, i, WRITE)));
            }
        }
        assertArrayEquals(bytes, file.toByteArray());
        assertEquals(List.of(3 * WRITE, 6 * WRITE), forcedAt);
    }

    @Test
    void aSmallFileIsForcedOnlyByWhoPublishesIt() throws IOException {
        try (ForcedOften channel =
                new ForcedOften(Channels.newChannel(file), () -> forcedAt.add(file.size()))) {
            channel.write(ByteBuffer.allocate((int) ForcedOften.PIECE - 1));
        }
        assertEquals(List.of(), forcedAt);
    }
}
