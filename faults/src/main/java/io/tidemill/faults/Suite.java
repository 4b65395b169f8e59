package io.tidemill.faults;

import io.tidemill.faults.row.FaultRow;
import io.tidemill.faults.system.Plant;
import io.tidemill.faults.system.Setup;
import io.tidemill.faults.system.SmallDisk;
import io.tidemill.faults.system.Timing;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.up.Programs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs rows one after another. Rows of the same setup share one system; a row that failed leaves
 * nothing behind for the next, which gets a fresh one.
 */
public final class Suite implements AutoCloseable {
    private final Programs programs;
    private final Path folder;
    private final Timing timing;
    private final Random random;
    private final Consumer<String> news;
    private int systems;
    private @Nullable Setup setup;
    private @Nullable Plant plant;
    private @Nullable SmallDisk disk;

    /**
     * @param folder for the data and logs of the systems started
     * @param seed of all chance
     * @param news takes lines for people
     */
    public Suite(Programs programs, Path folder, Timing timing, long seed, Consumer<String> news) {
        this.programs = programs;
        this.folder = folder;
        this.timing = timing;
        this.random = new Random(seed);
        this.news = news;
    }

    /** Runs them in an order in which equal setups follow each other. */
    public List<RowReport> run(List<FaultRow> rows) {
        List<RowReport> reports = new ArrayList<>();
        for (Setup wanted : rows.stream().map(FaultRow::setup).distinct().toList()) {
            rows.stream()
                    .filter(row -> row.setup().equals(wanted))
                    .map(this::run)
                    .forEach(reports::add);
        }
        return reports;
    }

    private RowReport run(FaultRow row) {
        news.accept("… " + row.id() + ": " + row.sentence());
        Optional<String> obstacle = row.obstacle().get();
        RowReport report =
                obstacle.map(why -> RowReport.withoutCounts(row.id(), Verdict.NOT_RUN, why))
                        .orElseGet(() -> runHere(row));
        news.accept(report.json());
        return report;
    }

    private RowReport runHere(FaultRow row) {
        try {
            RowReport report = new RowRun(row, plantFor(row.setup()), timing, random).report();
            if (report.failed()) {
                close();
            }
            return report;
        } catch (LaunchException e) {
            close();
            return RowReport.withoutCounts(row.id(), Verdict.FAIL, e.line());
        }
    }

    private Plant plantFor(Setup wanted) {
        Plant running = plant;
        if (running != null && wanted.equals(setup)) {
            return running;
        }
        close();
        Path data = folder.resolve(++systems + "-" + wanted.name());
        if (wanted.smallDisk()) {
            disk = SmallDisk.mountedOn(data.resolve("storage"));
        }
        setup = wanted;
        running = Plant.start(programs, wanted, timing, data, news);
        plant = running;
        return running;
    }

    @Override
    public void close() {
        if (plant != null) {
            plant.close();
            plant = null;
        }
        if (disk != null) {
            disk.close();
            disk = null;
        }
    }
}
