package io.tidemill.local.process;

import java.util.List;
import java.util.Map;

/**
 * How to start one program.
 *
 * @param name also the name of its log, for example {@code jobs-api}
 * @param arguments program first; no shell reads them
 * @param environment set on top of the launcher's own
 * @param stopSignal what asks it to end in good order
 */
public record Command(
        String name,
        List<String> arguments,
        Map<String, String> environment,
        StopSignal stopSignal) {
    public Command {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Signals that ask a program to end in good order. */
    public enum StopSignal {
        /** What programs expect. */
        TERM,
        /** PostgreSQL would wait for its clients on TERM; on INT it ends their connections. */
        INT
    }
}
