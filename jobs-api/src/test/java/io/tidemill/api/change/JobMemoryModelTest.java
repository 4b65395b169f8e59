package io.tidemill.api.change;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.change.JobMemory.Known;
import io.tidemill.api.change.JobMemory.Reading;
import io.tidemill.api.store.JobVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever order changes, hints, reads and sweeps come in, and whichever hints get lost: what the
 * memory affirms is at most two seconds old, never older than what it affirmed before, and never
 * older than a hint that has come.
 */
class JobMemoryModelTest {
    private static final String OWNER = "owner";
    private static final UUID JOB = new UUID(0, 1);
    private static final List<UUID> JOBS = List.of(JOB);
    private static final long STALE = Duration.ofSeconds(2).toNanos();
    private static final int STEPS = 20_000;

    private static Known known(long sequence) {
        return new Known(OWNER, new JobVersion(sequence, 0), "\"" + sequence + "\"", false);
    }

    /** One replica, and a database whose every change and its moment are on record. */
    private static final class World {
        private final JobMemory memory = new JobMemory();
        private final Random random;
        private final List<Long> replacedAt = new ArrayList<>();
        private final List<Long> hints = new ArrayList<>();
        private final List<Read> reads = new ArrayList<>();
        private long now = 1;
        private long hinted;
        private long affirmed;
        private int hits;

        /** A read or a sweep; sees what is there when it is its turn, not when it begins. */
        private final class Read {
            private final @Nullable Reading reading =
                    random.nextBoolean() ? memory.begin(JOB, now) : null;
            private final long began = now;
            private long saw = -1;

            private void goOn() {
                if (saw < 0) {
                    saw = current();
                } else {
                    end();
                    reads.remove(this);
                }
            }

            private void end() {
                if (reading != null) {
                    memory.learned(reading, known(saw));
                } else {
                    memory.swept(JOBS, Map.of(JOB, new JobVersion(saw, 0)), began);
                }
            }
        }

        private World(long seed) {
            random = new Random(seed);
        }

        private long current() {
            return replacedAt.size();
        }

        private void step() {
            now += random.nextLong(STALE / 20);
            switch (random.nextInt(24)) {
                case 0 -> change();
                case 1, 2 -> hear();
                case 3, 4 -> reads.add(new Read());
                case 5, 6, 7, 8, 9, 10 -> goOn();
                default -> poll();
            }
        }

        private void change() {
            replacedAt.add(now);
            if (random.nextInt(3) > 0) {
                hints.add(current());
            }
        }

        private void hear() {
            if (!hints.isEmpty()) {
                hinted = Math.max(hinted, hints.remove(random.nextInt(hints.size())));
                memory.doubt(JOBS, now);
            }
        }

        private void goOn() {
            if (!reads.isEmpty()) {
                reads.get(random.nextInt(reads.size())).goOn();
            }
        }

        private void poll() {
            Known known = memory.confirmed(JOB, OWNER, now);
            if (known != null) {
                long sequence = known.version().sequence();
                hits++;
                assertTrue(sequence >= affirmed, "older than affirmed before");
                assertTrue(sequence >= hinted, "older than a hint that has come");
                assertTrue(
                        sequence == current() || now - replacedAt.get((int) sequence) <= STALE,
                        "older than two seconds");
                affirmed = sequence;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whatItAffirmsIsNeverTooOld(long seed) {
        World world = new World(seed);
        for (int i = 0; i < STEPS; i++) {
            world.step();
        }
        assertTrue(world.hits > STEPS / 100, "it affirmed only " + world.hits + " times");
    }

    @RepeatedTest(3)
    void threadsSeeNothingOlderThanWhatTheyWereTold() throws Exception {
        JobMemory memory = new JobMemory();
        AtomicLong committed = new AtomicLong();
        AtomicLong told = new AtomicLong();
        AtomicInteger hits = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> readAndPoll(memory, committed, told, hits)));
            }
            all.add(threads.submit(() -> write(memory, committed, told)));
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertTrue(hits.get() > 0);
    }

    private static void write(JobMemory memory, AtomicLong committed, AtomicLong told) {
        for (int i = 0; i < STEPS; i++) {
            long version = committed.incrementAndGet();
            memory.doubt(JOBS, System.nanoTime());
            told.set(version);
            Thread.yield();
        }
    }

    private static void readAndPoll(
            JobMemory memory, AtomicLong committed, AtomicLong told, AtomicInteger hits) {
        for (int i = 0; i < STEPS; i++) {
            long floor = told.get();
            Known known = memory.confirmed(JOB, OWNER, System.nanoTime());
            if (known == null) {
                Reading reading = memory.begin(JOB, System.nanoTime());
                long saw = committed.get();
                Thread.yield();
                memory.learned(reading, known(saw));
            } else {
                hits.incrementAndGet();
                assertTrue(known.version().sequence() >= floor);
            }
        }
    }
}
