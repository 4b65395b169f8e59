package io.tidemill.faults;

import io.tidemill.faults.row.FaultRow;
import io.tidemill.faults.row.Rows;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.up.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The command {@code faults}. */
public final class Faults {
    /** System property with the project's root folder. */
    private static final String HOME = "tidemill.home";

    private Faults() {}

    /** Exits with 1 when a row failed, with 2 when it could not even begin. */
    public static void main(String[] args) throws IOException {
        try {
            FaultOptions options = FaultOptions.parse(Arrays.asList(args));
            List<FaultRow> rows = options.select(Rows.all());
            if (options.list()) {
                rows.forEach(row -> System.out.printf("%-38s %s%n", row.id(), row.sentence()));
            } else {
                System.exit(run(options, rows) ? 0 : 1);
            }
        } catch (LaunchException e) {
            System.err.println("tidemill: " + e.line());
            System.exit(2);
        }
    }

    private static boolean run(FaultOptions options, List<FaultRow> rows) throws IOException {
        Path home = Path.of(System.getProperty(HOME, "")).toAbsolutePath();
        String name = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
        Path folder = home.resolve("target").resolve("faults");
        System.out.printf("Seed %d; data and logs in %s%n", options.seed(), folder.resolve(name));
        List<RowReport> reports = new ArrayList<>();
        Suite suite =
                new Suite(
                        new Programs(home, true),
                        folder.resolve(name),
                        options.timing(),
                        options.seed(),
                        System.out::println);
        Thread end = new Thread(suite::close, "stop");
        Runtime.getRuntime().addShutdownHook(end);
        long until = System.nanoTime() + options.time().toNanos();
        do {
            reports.addAll(suite.run(rows));
        } while (System.nanoTime() < until);
        suite.close();
        ResultTable.lines(reports).forEach(System.out::println);
        Path file = folder.resolve(name + ".json");
        Files.write(file, reports.stream().map(RowReport::json).toList());
        System.out.println("Reports are in " + file);
        return reports.stream().noneMatch(RowReport::failed);
    }
}
