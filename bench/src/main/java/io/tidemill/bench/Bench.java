package io.tidemill.bench;

import io.tidemill.bench.files.FilesSuite;
import io.tidemill.bench.live.LiveSuite;
import io.tidemill.bench.measure.Report;
import io.tidemill.bench.suite.CommandLine;
import io.tidemill.bench.suite.Session;
import io.tidemill.bench.suite.Suite;
import io.tidemill.bench.throughput.ThroughputSuite;
import io.tidemill.local.process.LaunchException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/** The command {@code bench}. */
public final class Bench {
    static final List<Suite> SUITES =
            List.of(new ThroughputSuite(), new LiveSuite(), new FilesSuite());

    /** System property with the project's root folder. */
    private static final String HOME = "tidemill.home";

    private Bench() {}

    /** Exits with 2 when it could not measure. */
    public static void main(String[] args) throws Exception {
        try {
            run(CommandLine.parse(Arrays.asList(args), SUITES));
        } catch (LaunchException e) {
            System.err.println("tidemill: " + e.line());
            System.exit(2);
        }
        System.exit(0);
    }

    /** What was measured before something went wrong is written as well. */
    private static void run(CommandLine line) throws Exception {
        Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath();
        String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Path folder = home.resolve("target").resolve("bench");
        Path figures = folder.resolve(name + ".json");
        Report report = new Report();
        try {
            for (Suite suite : line.suites()) {
                Path own = folder.resolve(name).resolve(suite.name());
                suite.run(new Session(home, own, line.choices(), report));
            }
        } finally {
            report.write(figures);
            System.out.println("Figures are in " + figures);
        }
    }
}
