package io.tidemill.api.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes new ids: UUIDv7 (RFC 9562), so that newer rows sort after older ones. */
@ApplicationScoped
public class IdSource {
    /** Files of a job that ids of its tasks can tell apart. */
    public static final int MOST_FILES = 1 << 18;

    private static final int VERSION_AND_RANDOM = 16;
    private static final int RANDOM_OF_TASK = 44;
    private static final long VARIANT = 0b10L << 62;

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    public UUID next() {
        return generator.generate();
    }

    /**
     * For a task: a UUIDv7 that begins as its job's does, with the time and the first 12 random
     * bits, however much later it is made. After that come 18 bits for the place of its file in the
     * job and 44 random ones. So the tasks of a job, and of each of its files, are neighbours and
     * in the order of the files, and are found by their ids alone.
     *
     * @param fileOrdinal from 0 to {@value #MOST_FILES} - 1
     */
    public UUID taskOf(UUID job, int fileOrdinal) {
        if (fileOrdinal < 0 || fileOrdinal >= MOST_FILES) {
            throw new IllegalArgumentException("file " + fileOrdinal + " of a job");
        }
        long place = VARIANT | (long) fileOrdinal << RANDOM_OF_TASK;
        long random = ThreadLocalRandom.current().nextLong(1L << RANDOM_OF_TASK);
        return new UUID(job.getMostSignificantBits(), place | random);
    }

    /** When an id was made, to the millisecond; of a task, when its job was. */
    public static Instant made(UUID id) {
        return Instant.ofEpochMilli(millis(id));
    }

    private static long millis(UUID id) {
        return id.getMostSignificantBits() >>> VERSION_AND_RANDOM;
    }
}
