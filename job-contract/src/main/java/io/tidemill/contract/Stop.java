package io.tidemill.contract;

import java.util.List;

/**
 * jobs-api → every file-processor: these executions no longer count; end them and report nothing.
 *
 * @param version of the message form; {@value #VERSION}
 */
public record Stop(int version, List<String> executions) {
    public static final int VERSION = 1;

    public Stop {
        executions = List.copyOf(executions);
    }
}
