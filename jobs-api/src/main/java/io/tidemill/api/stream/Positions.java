package io.tidemill.api.stream;

import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.OwnerEventStore.Position;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What clients resume by, in the form they know: a job's number, or opaque for all jobs. */
final class Positions {
    private static final int SIZE = 4 * Long.BYTES;
    private static final Pattern SEQUENCE = Pattern.compile("\\d{1,18}");

    private Positions() {}

    static String encode(Position position) {
        ByteBuffer bytes =
                ByteBuffer.allocate(SIZE)
                        .putLong(position.transaction())
                        .putLong(position.job().getMostSignificantBits())
                        .putLong(position.job().getLeastSignificantBits())
                        .putLong(position.sequence());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * The position in its public form; null when there is none.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when it is none
     */
    static @Nullable Position decode(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        byte[] bytes = bytes(text);
        if (bytes.length != SIZE) {
            throw malformed();
        }
        ByteBuffer parts = ByteBuffer.wrap(bytes);
        return new Position(
                parts.getLong(), new UUID(parts.getLong(), parts.getLong()), parts.getLong());
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw malformed();
        }
    }

    /** The number of a job's change; {@link JobFeed#NOTHING} when there is none. */
    static long sequence(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return JobFeed.NOTHING;
        }
        if (!SEQUENCE.matcher(text).matches()) {
            throw malformed();
        }
        return Long.parseLong(text);
    }

    private static RuntimeException malformed() {
        return Problems.malformed(
                "The id to resume after is not one of this stream. Take it from the last event received, or begin without one.");
    }
}
