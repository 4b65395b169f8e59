package io.tidemill.processor.tool;

import io.tidemill.contract.FailureCode;
import java.util.List;
import java.util.Locale;

/**
 * How a program ended.
 *
 * @param exitCode 128 + n when signal n ended it
 * @param timedOut whether it was killed because its wall-clock time was over
 */
public record ToolResult(int exitCode, boolean timedOut, String stdout, String stderr) {
    private static final int KILLED = 128 + 9;
    private static final int CPU_TIME_OVER = 128 + 24;
    private static final int FILE_TOO_LARGE = 128 + 25;
    private static final int NOT_STARTABLE = 126;
    private static final int NOT_FOUND = 127;
    private static final List<String> MEMORY_WORDS =
            List.of("out of memory", "bad_alloc", "cannot allocate memory", "memory exhausted");

    /** Exit code 0; the outputs must be checked all the same. */
    public boolean succeeded() {
        return !timedOut && exitCode == 0;
    }

    /**
     * Why it did not succeed.
     *
     * @param otherwise when the program ended in an orderly way with an exit code of its own
     */
    public FailureCode cause(FailureCode otherwise) {
        if (timedOut) {
            return FailureCode.TIMEOUT;
        }
        // CPU time does not depend on how busy the machine is: another attempt would end the same.
        if (exitCode == CPU_TIME_OVER || exitCode == FILE_TOO_LARGE) {
            return FailureCode.LIMIT_EXCEEDED;
        }
        if (exitCode == KILLED || complainsOfMemory()) {
            return FailureCode.OUT_OF_MEMORY;
        }
        if (exitCode == NOT_STARTABLE || exitCode == NOT_FOUND) {
            return FailureCode.DEPENDENCY_UNAVAILABLE;
        }
        return exitCode > NOT_FOUND ? FailureCode.ENGINE_CRASHED : otherwise;
    }

    private boolean complainsOfMemory() {
        String complaint = stderr.toLowerCase(Locale.ROOT);
        return MEMORY_WORDS.stream().anyMatch(complaint::contains);
    }
}
