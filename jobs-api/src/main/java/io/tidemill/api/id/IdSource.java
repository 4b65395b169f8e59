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

    public UUID next() {
        return generator.generate();
    }

    /** When an id was made, to the millisecond. */
    public static Instant made(UUID id) {
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> VERSION_AND_RANDOM);
    }
}
