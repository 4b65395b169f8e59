package io.tidemill.bench;

import io.tidemill.local.process.LaunchException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** The command {@code bench}. */
public final class Bench {
    /** System property with the project's root folder. */
    private static final String HOME = "tidemill.home";

    private Bench() {}

    /** Exits with 2 when it could not measure. */
    public static void main(String[] args) throws Exception {
        try {
            BenchOptions options = BenchOptions.parse(Arrays.asList(args));
            Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath();
            String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
            Path folder = home.resolve("target").resolve("bench");
            Report report = new Report();
            try (LiveSystem system = LiveSystem.start(home, folder.resolve(name))) {
                new EventLatency(system, report).run();
                new IdleStreams(system, report, options).run();
                new Polls(system, report, options).run();
                new Deliveries(system, report, options).run();
            }
            report.write(folder.resolve(name + ".json"));
            System.out.println("Figures are in " + folder.resolve(name + ".json"));
        } catch (LaunchException e) {
            System.err.println("tidemill: " + e.line());
            System.exit(2);
        }
        System.exit(0);
    }
}
