package io.tidemill.processor.operation;

import io.tidemill.contract.FileRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an operation is given to work with.
 *
 * @param file the input's bytes, verified against {@code ref.sha256()}, under a neutral name in
 *     {@code folder}
 * @param ref name, type and size of the input; its name is never used as a path or an argument
 * @param number of this attempt at its task, from 1
 * @param parameters validated against the descriptor's schema; defaults are not filled in
 * @param place asked for the attempt's own folder
 * @param timeout wall-clock time left
 * @param progress tells how far the work is
 * @param checkpoint where an earlier attempt had got to, and where to save how far this one is
 */
public record Attempt(
        Path file,
        FileRef ref,
        int number,
        Map<String, Object> parameters,
        Supplier<Path> place,
        Duration timeout,
        Progress progress,
        Checkpoint checkpoint) {
    /**
     * The attempt's own 0700 folder, for outputs and child processes; removed afterwards. Who needs
     * none should not ask: then it is used again.
     */
    public Path folder() {
        return place.get();
    }
}
