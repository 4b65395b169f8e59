package io.tidemill.processor.engine;

import java.time.Duration;
import java.util.List;

/**
 * How engine hosts are run.
 *
 * @param command what starts one, without JVM options: {@link HostCommand#ofThisProgram}
 * @param slots how many may work at the same time; 1 or more
 * @param heapMebibytes the heap of one host; it ends with {@code OUT_OF_MEMORY} beyond
 * @param filesPerHost after so many files a host is replaced by a fresh one
 * @param wallClock for one file
 */
public record HostSettings(
        List<String> command, int slots, int heapMebibytes, int filesPerHost, Duration wallClock) {
    public HostSettings {
        command = List.copyOf(command);
        if (slots < 1 || heapMebibytes < 16 || filesPerHost < 1) {
            throw new IllegalArgumentException(
                    "slots >= 1, heapMebibytes >= 16, filesPerHost >= 1: %d, %d, %d"
                            .formatted(slots, heapMebibytes, filesPerHost));
        }
    }
}
