package io.tidemill.faults.row;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What may keep a row from running on this machine. */
final class Obstacles {
    private Obstacles() {}

    static Optional<String> missingProgram(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        boolean there =
                Arrays.stream(path.split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        return there ? Optional.empty() : Optional.of("there is no program " + name);
    }

    static Optional<String> notRoot() {
        return System.getProperty("user.name").equals("root")
                ? missingProgram("mount")
                : Optional.of("only root can mount a tmpfs");
    }

    /** A figure of {@code /proc/PID/status}. */
    static long kilobytes(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new RowFailedException("the process has no " + key));
    }
}
