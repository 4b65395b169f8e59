package io.tidemill.contract;

import java.util.List;
import java.util.Objects;

/**
 * file-processor → jobs-api: what happened, several events in one message.
 *
 * @param version of the message form; {@value #VERSION}
 * @param worker the processor that sends, unique for each process start
 * @param events in the order they happened; a reader gives null for one of a type it does not know,
 *     and it is left out
 */
public record TaskEvents(int version, String worker, List<TaskEvent> events) {
    public static final int VERSION = 1;

    public TaskEvents {
        events = events.stream().filter(Objects::nonNull).toList();
    }
}
