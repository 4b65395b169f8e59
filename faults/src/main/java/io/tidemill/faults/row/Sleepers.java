package io.tidemill.faults.row;

import io.tidemill.faults.load.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Work in a child process that can be found from outside: it sleeps for a time for which no other
 * child of this machine does.
 *
 * @param millis for how long
 */
record Sleepers(int millis) {

    /** What to submit. */
    Shape shape() {
        return Shape.drill(Map.of("child", true, "durationMillis", millis));
    }

    /** The children that work on it now. */
    Stream<ProcessHandle> living() {
        String seconds = "%d.%03d".formatted(millis / 1_000, millis % 1_000);
        return ProcessHandle.allProcesses()
                .filter(
                        process ->
                                process.info()
                                        .arguments()
                                        .map(List::of)
                                        .orElse(List.of())
                                        .contains(seconds));
    }

    /** Whether one of them works for that process. */
    boolean workFor(long pid) {
        return living().anyMatch(child -> descendsFrom(child, pid));
    }

    private static boolean descendsFrom(ProcessHandle child, long pid) {
        return Stream.iterate(child.parent(), parent -> parent.flatMap(ProcessHandle::parent))
                .takeWhile(Optional::isPresent)
                .anyMatch(parent -> parent.orElseThrow().pid() == pid);
    }
}
