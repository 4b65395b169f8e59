package io.tidemill.contract;

import java.util.List;

/**
 * file-processor → jobs-api: what happened, several events in one message.
 *
 * @param version of the message form; {@value #VERSION}
 * @param worker the processor that sends, unique for each process start
 * @param events in the order they happened
 */
public record TaskEvents(int version, String worker, List<TaskEvent> events) {
    public static final int VERSION = 1;

    public TaskEvents {
        events = List.copyOf(events);
    }
}
