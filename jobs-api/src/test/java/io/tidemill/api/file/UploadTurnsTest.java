package io.tidemill.api.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.local.process.Wait;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class UploadTurnsTest {
    private static final int LARGE = UploadTurns.FIRST_BYTES + 200_000;
    private static final int PIECE = 64 * 1024;
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);

    private final UploadTurns turns = new UploadTurns(1);

    @Test
    void nothingIsChanged() throws IOException {
        byte[] bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
        try (InputStream read = turns.of(new ByteArrayInputStream(bytes))) {
            byte[] first = {(byte) read.read(), (byte) read.read()};
            assertArrayEquals(new byte[] {bytes[0], bytes[1]}, first);
            read.skipNBytes(LARGE - 3);
            assertEquals(Byte.toUnsignedInt(bytes[LARGE - 1]), read.read());
            assertEquals(-1, read.read());
        }
    }

    @Test
    void aSecondLargeOneWaitsUntilTheFirstAsksForMore() throws Exception {
        InputStream first = body();
        InputStream second = body();
        untilItTakesTurns(first);
        second.readNBytes(UploadTurns.FREE_BYTES);
        CompletableFuture<Integer> waiting = inBackground(() -> second.read(new byte[PIECE]));
        assertThrows(TimeoutException.class, () -> waiting.get(200, TimeUnit.MILLISECONDS));
        CompletableFuture<Integer> next = inBackground(() -> first.read(new byte[PIECE]));
        assertTrue(get(waiting) > 0);
        assertFalse(next.isDone());
        second.close();
        assertTrue(get(next) > 0);
    }

    @Test
    void aSmallOneGoesBeforeALargeOneThatCameEarlier() throws Exception {
        InputStream large = body();
        large.readNBytes(UploadTurns.FIRST_BYTES);
        InputStream first = body();
        untilItTakesTurns(first);
        CompletableFuture<Integer> waiting = inBackground(() -> large.read(new byte[PIECE]));
        untilSoManyWait(1);
        InputStream small = body();
        small.readNBytes(UploadTurns.FREE_BYTES);
        CompletableFuture<Integer> next = inBackground(() -> small.read(new byte[PIECE]));
        untilSoManyWait(2);
        first.close();
        assertTrue(get(next) > 0);
        assertFalse(waiting.isDone());
        small.close();
        assertTrue(get(waiting) > 0);
    }

    @Test
    void aTinyOneWaitsForNobody() throws IOException {
        untilItTakesTurns(body());
        InputStream small = turns.of(new ByteArrayInputStream(new byte[UploadTurns.FREE_BYTES]));
        assertEquals(UploadTurns.FREE_BYTES, small.readAllBytes().length);
    }

    @Test
    void whoIsAtItsEndTakesNoTurn() throws IOException {
        InputStream first = body();
        untilItTakesTurns(first);
        first.readAllBytes();
        untilItTakesTurns(body());
    }

    @Test
    void whoFailsTakesNoTurn() throws IOException {
        InputStream broken =
                turns.of(
                        new InputStream() {
                            private int left = LARGE;

                            @Override
                            public int read() throws IOException {
                                if (left-- > 0) {
                                    return 0;
                                }
                                throw new IOException("cut off");
                            }
                        });
        assertThrows(IOException.class, () -> drain(broken));
        untilItTakesTurns(body());
    }

    private static void drain(InputStream from) throws IOException {
        byte[] piece = new byte[PIECE];
        while (from.read(piece) >= 0) {
            assertTrue(piece.length > 0);
        }
    }

    private InputStream body() {
        return turns.of(new ByteArrayInputStream(new byte[LARGE]));
    }

    private void untilSoManyWait(int number) {
        assertTrue(Wait.until(LONG_ENOUGH, () -> turns.waiting() == number));
    }

    private static void untilItTakesTurns(InputStream body) throws IOException {
        body.readNBytes(UploadTurns.FREE_BYTES);
        assertTrue(body.read(new byte[PIECE]) > 0);
    }

    private interface Reading {
        int run() throws IOException;
    }

    private static CompletableFuture<Integer> inBackground(Reading reading) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                result.complete(reading.run());
                            } catch (IOException e) {
                                result.completeExceptionally(e);
                            }
                        });
        return result;
    }

    private static int get(CompletableFuture<Integer> result)
            throws InterruptedException, ExecutionException, TimeoutException {
        return result.get(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS);
    }
}
