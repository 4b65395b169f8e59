package io.tidemill.api.store;

import io.tidemill.api.lifecycle.TaskState;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Tasks of a job that changed their state, packed into few bytes: there is such a list for every
 * change of every job. Big-endian: 16 bytes id, 1 byte state (ASCII), 2 bytes number of the
 * attempt.
 */
final class TaskEntries {
    private static final int SIZE = 2 * Long.BYTES + Byte.BYTES + Short.BYTES;

    private TaskEntries() {}

    /**
     * A task and how it stands now.
     *
     * @param state as clients know it: what is on its way to a processor is still queued
     */
    record Entry(UUID task, String state, int attempt) {}

    static Buffer pack(Collection<Entry> entries) {
        Buffer packed = Buffer.buffer(entries.size() * SIZE);
        for (Entry entry : entries) {
            packed.appendLong(entry.task.getMostSignificantBits())
                    .appendLong(entry.task.getLeastSignificantBits())
                    .appendByte((byte) letter(entry.state))
                    .appendShort((short) entry.attempt);
        }
        return packed;
    }

    static List<Entry> unpack(Buffer packed) {
        List<Entry> entries = new ArrayList<>(packed.length() / SIZE);
        for (int at = 0; at + SIZE <= packed.length(); at += SIZE) {
            int state = at + 2 * Long.BYTES;
            entries.add(
                    new Entry(
                            new UUID(packed.getLong(at), packed.getLong(at + Long.BYTES)),
                            state((char) packed.getByte(state)),
                            packed.getShort(state + 1)));
        }
        return entries;
    }

    /** The state that clients see. */
    static String visible(TaskState state) {
        String name = Sql.name(state);
        return name.equals("DISPATCHED") ? "QUEUED" : name;
    }

    private static char letter(String state) {
        return switch (state) {
            case "BLOCKED" -> 'B';
            case "QUEUED" -> 'Q';
            case "RUNNING" -> 'R';
            case "RETRYING" -> 'T';
            case "SUCCEEDED" -> 'S';
            case "FAILED" -> 'F';
            case "CANCELLED" -> 'C';
            case "SKIPPED" -> 'K';
            default -> throw new IllegalArgumentException("no state that is logged: " + state);
        };
    }

    private static String state(char letter) {
        return switch (letter) {
            case 'B' -> "BLOCKED";
            case 'Q' -> "QUEUED";
            case 'R' -> "RUNNING";
            case 'T' -> "RETRYING";
            case 'S' -> "SUCCEEDED";
            case 'F' -> "FAILED";
            case 'C' -> "CANCELLED";
            case 'K' -> "SKIPPED";
            default -> throw new IllegalStateException("unknown letter of a state: " + letter);
        };
    }
}
