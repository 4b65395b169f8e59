package io.tidemill.faults;

import io.tidemill.faults.check.Counts;
import io.tidemill.faults.check.Finding;
import io.tidemill.faults.check.SetChecker;
import io.tidemill.faults.load.Client;
import io.tidemill.faults.load.Ledger;
import io.tidemill.faults.load.Load;
import io.tidemill.faults.row.FaultRow;
import io.tidemill.faults.row.RowFailedException;
import io.tidemill.faults.row.Scene;
import io.tidemill.faults.system.Plant;
import io.tidemill.faults.system.Timing;
import io.tidemill.local.process.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Runs one row once: load, fault, the load's rest, the count. */
final class RowRun {
    private static final Duration FIRST_JOBS_WITHIN = Duration.ofSeconds(90);
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    /** Later than this is stuck. */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(120);

    private final FaultRow row;
    private final Plant plant;
    private final Ledger ledger = new Ledger();
    private final Client client;
    private final Scene scene;
    private final List<String> reasons = new ArrayList<>();

    RowRun(FaultRow row, Plant plant, Timing timing, RandomGenerator random) {
        this.row = row;
        this.plant = plant;
        this.client = new Client(plant.urls(), row.id() + "-" + UUID.randomUUID());
        this.scene = new Scene(plant, timing, random, client, ledger);
    }

    RowReport report() {
        Instant over;
        try (Load load = new Load(client, ledger, row.volume())) {
            load.start();
            inject();
            over = Instant.now();
            Wait.until(AFTERWARDS, () -> false);
            load.stopSubmitting();
            if (!Wait.until(ENDS_WITHIN, load::done)) {
                reasons.add(ledger.open().size() + " jobs had not ended in time");
            }
        }
        if (!plant.isWhole()) {
            reasons.add("a service did not come back");
        }
        return report(over);
    }

    private void inject() {
        if (!Wait.until(FIRST_JOBS_WITHIN, () -> ledger.ended() > 0)) {
            reasons.add("no job ended before the fault");
            return;
        }
        try {
            row.injection().into(scene);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reasons.add("interrupted");
        } catch (RowFailedException e) {
            reasons.add(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            reasons.add("the injection failed: " + e);
        }
    }

    private RowReport report(Instant over) {
        SetChecker checker = new SetChecker(client, ledger);
        Counts counts = checker.check();
        checker.findings().stream().filter(this::isFault).map(RowRun::line).forEach(reasons::add);
        row.demand().apply(counts).ifPresent(reasons::add);
        if (scene.injected().isEmpty()) {
            reasons.add("nothing was injected");
        }
        if (counts.accepted() < counts.submitted()) {
            reasons.add("some submissions were never answered");
        }
        return new RowReport(
                row.id(),
                reasons.isEmpty() ? Verdict.PASS : Verdict.FAIL,
                scene.injected(),
                ledger.firstEndAfter(over).map(end -> seconds(over, end)),
                ledger.lastEnd().map(end -> Math.max(0, seconds(over, end))),
                Optional.of(counts),
                reasons);
    }

    private boolean isFault(Finding finding) {
        boolean allowed =
                row.mayFail().stream().anyMatch(code -> finding.what().startsWith(code + ":"))
                        || finding.what().contains("SKIPPED");
        return finding.kind() != Finding.Kind.FAILED || row.mayFail().isEmpty() || !allowed;
    }

    private static String line(Finding finding) {
        String what = finding.what();
        return finding.kind() + " " + what.substring(0, Math.min(600, what.length()));
    }

    private static double seconds(Instant from, Instant to) {
        return Math.round(Duration.between(from, to).toMillis() / 100.0) / 10.0;
    }
}
