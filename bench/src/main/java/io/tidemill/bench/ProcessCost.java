package io.tidemill.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process, with all that it started, has cost so far.
 *
 * @param cpuSeconds user and system time
 * @param residentMiB resident memory; 0 where there is no {@code /proc}
 */
record ProcessCost(double cpuSeconds, double residentMiB) {
    private static final double MILLIS = 1_000;
    private static final double KIB_OF_A_MIB = 1_024;

    static ProcessCost of(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        double cpu =
                Stream.concat(Stream.of(process), process.descendants())
                        .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toMillis)
                        .sum();
        return new ProcessCost(cpu / MILLIS, resident(pid));
    }

    private static double resident(long pid) {
        Path status = Path.of("/proc", String.valueOf(pid), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToDouble(Double::parseDouble)
                            .findFirst()
                            .orElse(0)
                    / KIB_OF_A_MIB;
        } catch (IOException _) {
            return 0;
        }
    }

    /** CPU seconds spent since then. */
    double cpuSince(ProcessCost before) {
        return cpuSeconds - before.cpuSeconds;
    }
}
