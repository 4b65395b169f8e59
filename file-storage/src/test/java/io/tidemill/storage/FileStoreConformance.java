package io.tidemill.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must do. A store's own test extends it and says how to open an empty one. */
public abstract class FileStoreConformance {
    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final String HELLO_SHA256 =
            "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final int RACES = 150;
    private static final long RACE_STEP_NANOS = 2_000;

    private FileStore store;

    /** Opens a store with nothing in it. */
    protected abstract FileStore openEmptyStore() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = openEmptyStore();
    }

    @Test
    void theKeyIsTheSha256OfTheBytes() throws IOException {
        StoredContent stored = store.put(stream(bytes("hello")), NO_LIMIT);
        assertEquals(new StoredContent(HELLO_SHA256, 5, "text/plain"), stored);
        assertArrayEquals(bytes("hello"), read(HELLO_SHA256, 0, NO_LIMIT));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 3_000_000})
    void whatGoesInComesOut(int size) throws IOException {
        byte[] content = random(size);
        StoredContent stored = store.put(stream(content), size);
        assertEquals(size, stored.size());
        assertTrue(store.contains(stored.sha256()));
        try (InputStream all = store.open(stored.sha256())) {
            assertArrayEquals(content, all.readAllBytes());
        }
    }

    @Test
    void nothingAtAllCanBeStored() throws IOException {
        assertEquals("application/x-empty", store.put(stream(new byte[0]), 0).mediaType());
    }

    @Test
    void theMediaTypeIsDetectedFromTheBytesAndTheNameOnlyTellsTextFromCsv() throws IOException {
        assertEquals("application/pdf", type("%PDF-1.7\n", "photo.jpg"));
        assertEquals("text/plain", type("name\nAda\n", "names.pdf"));
        assertEquals("text/csv", type("name\nAda\n", "names.csv"));
    }

    @Test
    void rangesAreCutToTheContent() throws IOException {
        String key = store.put(stream(bytes("0123456789")), NO_LIMIT).sha256();
        assertArrayEquals(bytes("345"), read(key, 3, 3));
        assertArrayEquals(bytes("89"), read(key, 8, 100));
        assertArrayEquals(bytes("123456789"), read(key, 1, NO_LIMIT));
        assertArrayEquals(bytes(""), read(key, 4, 0));
        assertArrayEquals(bytes(""), read(key, 10, 5));
        assertArrayEquals(bytes(""), read(key, 1_000_000, 5));
    }

    @Test
    void aRangeCanBeReadByteByByteAndSkipped() throws IOException {
        String key = store.put(stream(bytes("0123456789")), NO_LIMIT).sha256();
        try (InputStream range = store.open(key, 2, 4)) {
            assertEquals('2', range.read());
            range.skipNBytes(2);
            assertEquals('5', range.read());
            assertEquals(-1, range.read());
            assertEquals(0, range.skip(1));
        }
    }

    @Test
    void aNegativeRangeIsRefused() throws IOException {
        String key = store.put(stream(bytes("hello")), NO_LIMIT).sha256();
        assertThrows(IllegalArgumentException.class, () -> store.open(key, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> store.open(key, 0, -1));
    }

    @Test
    void unknownContentIsNotFound() throws IOException {
        assertThrows(ContentNotFoundException.class, () -> store.open(HELLO_SHA256));
        assertFalse(store.contains(HELLO_SHA256));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../../etc/passwd", "2cf24dba", "*"})
    void onlyASha256IsAKey(String key) {
        assertThrows(IllegalArgumentException.class, () -> store.open(key));
        assertThrows(IllegalArgumentException.class, () -> store.contains(key));
        assertThrows(
                IllegalArgumentException.class,
                () -> store.removeUnlessPutSince(key, Instant.now()));
    }

    @Test
    void aSha256InUpperCaseIsNoKey() {
        String upper = HELLO_SHA256.replace('b', 'B');
        assertThrows(IllegalArgumentException.class, () -> store.open(upper));
    }

    @Test
    void theSameBytesTwiceAreOneContent() throws IOException {
        StoredContent first = store.put(stream(bytes("hello")), NO_LIMIT);
        StoredContent second = store.put(stream(bytes("hello")), NO_LIMIT);
        assertEquals(first, second);
        assertTrue(store.removeUnlessPutSince(first.sha256(), inAnHour()));
        assertFalse(store.contains(first.sha256()));
    }

    @Test
    void moreThanTheLimitIsRefusedAndLeavesNothing() throws IOException {
        ContentTooLargeException refused =
                assertThrows(
                        ContentTooLargeException.class, () -> store.put(stream(bytes("hello")), 4));
        assertEquals(4, refused.maxBytes());
        assertFalse(store.contains(HELLO_SHA256));
    }

    @Test
    void theLimitIsNoticedBeforeTheStreamEnds() {
        assertThrows(ContentTooLargeException.class, () -> store.put(new Endless(), 1_000_000));
    }

    @Test
    void aStreamThatBreaksLeavesNothing() throws IOException {
        InputStream broken = new SequenceInputStream(stream(bytes("hello")), new Broken());
        IOException failed = assertThrows(IOException.class, () -> store.put(broken, NO_LIMIT));
        assertEquals("the line went dead", failed.getMessage());
        assertFalse(store.contains(HELLO_SHA256));
    }

    @Test
    void removalSparesWhatWasPutSince() throws IOException {
        store.put(stream(bytes("hello")), NO_LIMIT);
        assertFalse(store.removeUnlessPutSince(HELLO_SHA256, anHourAgo()));
        assertArrayEquals(bytes("hello"), read(HELLO_SHA256, 0, NO_LIMIT));
    }

    @Test
    void removalSparesWhatWasPutAgainSince() throws IOException {
        store.put(stream(bytes("hello")), NO_LIMIT);
        Instant between = Instant.now();
        store.put(stream(bytes("hello")), NO_LIMIT);
        assertFalse(store.removeUnlessPutSince(HELLO_SHA256, between));
        assertTrue(store.contains(HELLO_SHA256));
    }

    @Test
    void removedContentIsGoneAndCanBePutAgain() throws IOException {
        store.put(stream(bytes("hello")), NO_LIMIT);
        assertTrue(store.removeUnlessPutSince(HELLO_SHA256, inAnHour()));
        assertThrows(ContentNotFoundException.class, () -> store.open(HELLO_SHA256));
        assertTrue(store.removeUnlessPutSince(HELLO_SHA256, inAnHour()));
        store.put(stream(bytes("hello")), NO_LIMIT);
        assertArrayEquals(bytes("hello"), read(HELLO_SHA256, 0, NO_LIMIT));
    }

    @Test
    void aReaderFinishesThoughTheContentIsRemoved() throws IOException {
        byte[] content = random(3_000_000);
        String key = store.put(stream(content), NO_LIMIT).sha256();
        try (InputStream reader = store.open(key)) {
            assertEquals(content[0] & 0xff, reader.read());
            store.removeUnlessPutSince(key, inAnHour());
            assertEquals(content.length - 1, reader.readAllBytes().length);
        }
    }

    @Test
    void manyPutsOfTheSameBytesAtOnceAllSucceed() throws Exception {
        byte[] content = random(500_000);
        List<Callable<StoredContent>> puts = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            puts.add(() -> store.put(stream(content), NO_LIMIT));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<StoredContent> put : threads.invokeAll(puts)) {
                assertArrayEquals(content, read(put.get().sha256(), 0, NO_LIMIT));
            }
        }
    }

    /**
     * The content is old enough to go, and is put again while two removers are at it: they start
     * when the put has read its last byte, and by a few microseconds later each time, to meet every
     * moment of what it then does.
     */
    @Test
    void aPutAlwaysWinsAgainstARemovalOfTheSameBytes() throws Exception {
        byte[] content = random(1_000);
        String key = store.put(stream(content), NO_LIMIT).sha256();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < RACES; i++) {
                Instant before = Instant.now();
                CountDownLatch arrived = new CountDownLatch(1);
                long delay = i * RACE_STEP_NANOS;
                Callable<Boolean> removal =
                        () -> {
                            arrived.await();
                            spin(delay);
                            return store.removeUnlessPutSince(key, before);
                        };
                Future<Boolean> first = threads.submit(removal);
                Future<Boolean> second = threads.submit(removal);
                store.put(new Signalling(content, arrived), NO_LIMIT);
                assertArrayEquals(content, read(key, 0, NO_LIMIT), "acknowledged, yet not there");
                first.get();
                second.get();
                assertArrayEquals(content, read(key, 0, NO_LIMIT), "removed in spite of the put");
            }
        }
    }

    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private byte[] read(String key, long offset, long length) throws IOException {
        try (InputStream range = store.open(key, offset, length)) {
            return range.readAllBytes();
        }
    }

    private String type(String content, String name) throws IOException {
        return store.put(stream(bytes(content)), name, NO_LIMIT).mediaType();
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    private static Instant anHourAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    /** Tells when it was read to its end. */
    private static final class Signalling extends ByteArrayInputStream {
        private final CountDownLatch ended;

        Signalling(byte[] content, CountDownLatch ended) {
            super(content);
            this.ended = ended;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            int read = super.read(buffer, offset, length);
            if (read < 0) {
                ended.countDown();
            }
            return read;
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length;
        }
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the line went dead");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }
}
