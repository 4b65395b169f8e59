package io.tidemill.processor.engine;

import io.tidemill.contract.Failure;
import java.util.Map;

/** How an engine host's work on one file ended. */
public sealed interface HostAnswer {

    /** Done; plain JSON values. */
    record Result(Map<String, Object> values) implements HostAnswer {}

    /** Not done: the file is at fault, or the host did not survive it. */
    record Refusal(Failure failure) implements HostAnswer {}
}
