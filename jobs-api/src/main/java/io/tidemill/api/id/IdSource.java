package io.tidemill.api.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Makes new ids: UUIDv7 (RFC 9562), so that newer rows sort after older ones. */
@ApplicationScoped
public class IdSource {
    private static final int VERSION_AND_RANDOM = 16;

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    // Those made one after the other with the same time ascend.
    private final TimeBasedEpochGenerator members = Generators.timeBasedEpochGenerator();

    public UUID next() {
        return generator.generate();
    }

    /**
     * For what belongs to something else and is kept as long: it has the time of its owner, also a
     * UUIDv7, however much later it is made.
     */
    public UUID memberOf(UUID owner) {
        return members.construct(millis(owner));
    }

    /** When an id was made, to the millisecond; of a member, its owner. */
    public static Instant made(UUID id) {
        return Instant.ofEpochMilli(millis(id));
    }

    private static long millis(UUID id) {
        return id.getMostSignificantBits() >>> VERSION_AND_RANDOM;
    }
}
