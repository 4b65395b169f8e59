package io.tidemill.contract;

import java.util.List;

/**
 * jobs-api → every file-processor: these executions no longer count; end them and answer each with
 * {@link TaskEvent.Stopped} once nothing of it runs any more.
 *
 * @param version of the message form; {@value #VERSION}
 */
public record Stop(int version, List<String> executions) {
    public static final int VERSION = 1;

    public Stop {
        executions = List.copyOf(executions);
    }
}
