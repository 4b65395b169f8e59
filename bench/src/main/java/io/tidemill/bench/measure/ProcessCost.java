package io.tidemill.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process, with all that it started, has cost so far.
 *
 * @param cpuSeconds user and system time; on Linux also of children that have ended
 * @param residentMiB memory, what several share counted once; 0 where there is no {@code /proc}
 */
public record ProcessCost(double cpuSeconds, double residentMiB) {
    private static final double MILLIS = 1_000;
    private static final double KIB_OF_A_MIB = 1_024;

    /** The kernel counts in hundredths of a second, whatever its own clock does. */
    private static final double TICKS = 100;

    /** Of the fields after the name: own user and system time. */
    private static final List<Integer> OWN = List.of(11, 12);

    /** The same of children that have ended. */
    private static final List<Integer> WITH_ENDED = List.of(11, 12, 13, 14);

    /**
     * @param pid of a process that runs
     */
    public static ProcessCost of(long pid) {
        return of(ProcessHandle.of(pid).orElseThrow());
    }

    /** Of a process that has ended nothing can be told any more. */
    public static ProcessCost of(ProcessHandle process) {
        List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();
        return new ProcessCost(
                all.stream().mapToDouble(one -> cpu(one, WITH_ENDED)).sum(),
                all.stream().mapToDouble(ProcessCost::resident).sum());
    }

    /** What this program itself has cost, without what it started. */
    public static ProcessCost own() {
        return alone(ProcessHandle.current());
    }

    /** Of a process itself, without what it started. */
    public static ProcessCost alone(ProcessHandle process) {
        return new ProcessCost(cpu(process, OWN), resident(process));
    }

    /**
     * CPU seconds of all children of this program, and of theirs, that have ended; what a short one
     * takes cannot be asked of itself. Only on Linux.
     */
    public static double endedSeconds() {
        ProcessHandle own = ProcessHandle.current();
        return cpu(own, WITH_ENDED) - cpu(own, OWN);
    }

    private static double cpu(ProcessHandle process, List<Integer> times) {
        try {
            String line = Files.readString(proc(process).resolve("stat"));
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return times.stream().mapToLong(i -> Long.parseLong(fields[i])).sum() / TICKS;
        } catch (IOException _) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / MILLIS;
        }
    }

    private static double resident(ProcessHandle process) {
        try {
            return Files.readAllLines(proc(process).resolve("smaps_rollup")).stream()
                            .filter(line -> line.startsWith("Pss:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToDouble(Double::parseDouble)
                            .findFirst()
                            .orElse(0)
                    / KIB_OF_A_MIB;
        } catch (IOException _) {
            return 0;
        }
    }

    private static Path proc(ProcessHandle process) {
        return Path.of("/proc", String.valueOf(process.pid()));
    }

    /** What it has cost since then: the processor time of that while, the memory of now. */
    public ProcessCost since(ProcessCost before) {
        return new ProcessCost(cpuSince(before), residentMiB);
    }

    /** CPU seconds spent since then. */
    public double cpuSince(ProcessCost before) {
        return cpuSeconds - before.cpuSeconds;
    }
}
