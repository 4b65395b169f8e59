package io.tidemill.bench.live;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.measure.Report;
import io.tidemill.faults.load.SentFile;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What streams cost a replica while nothing happens. */
final class IdleStreams {
    private static final String NAME = "idle streams";
    private static final int STREAMS_OF_A_JOB = 50;
    private static final int BATCH = 100;
    private static final Duration OPENING = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private final LiveSystem system;
    private final Report report;
    private final LiveSizes options;

    IdleStreams(LiveSystem system, Report report, LiveSizes options) {
        this.system = system;
        this.report = report;
        this.options = options;
    }

    void run() throws IOException {
        SentFile file = system.upload();
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < options.streams(); i += STREAMS_OF_A_JOB) {
            jobs.add(system.waitingJob(file));
        }
        double without = cpuOver(options.time());
        ProcessCost before = cost();
        List<EventStream> streams = new ArrayList<>();
        try {
            open(jobs, streams);
            Wait.until(SETTLING, () -> false);
            ProcessCost opened = cost();
            report.add(NAME, "streams open", streams.size(), "streams");
            report.add(NAME, "resident memory before", before.residentMiB(), "MiB");
            report.add(
                    NAME,
                    "resident memory more than before",
                    opened.residentMiB() - before.residentMiB(),
                    "MiB");
            report.add(
                    NAME,
                    "CPU to open one",
                    1_000 * opened.cpuSince(before) / streams.size(),
                    "ms");
            report.add(NAME, "CPU a second without them", without, "s");
            report.add(NAME, "CPU a second with them", cpuOver(options.time()), "s");
        } finally {
            for (EventStream stream : streams) {
                stream.close();
            }
        }
    }

    private void open(List<String> jobs, List<EventStream> streams) throws IOException {
        for (int i = 0; i < options.streams(); i++) {
            streams.add(
                    EventStream.open(
                            system.replicas().getFirst(),
                            jobs.get(i % jobs.size()) + "/events",
                            LiveSystem.OWNER,
                            (_, _, _) -> {}));
            if (streams.size() % BATCH == 0 || streams.size() == options.streams()) {
                awaitBegun(streams);
            }
        }
    }

    private static void awaitBegun(List<EventStream> streams) {
        List<EventStream> latest =
                streams.subList(Math.max(0, streams.size() - BATCH), streams.size());
        if (!Wait.until(OPENING, () -> latest.stream().allMatch(EventStream::begun))) {
            throw new LaunchException(
                    "streams did not begin; answers: "
                            + latest.stream().map(EventStream::status).distinct().toList());
        }
    }

    private ProcessCost cost() {
        return ProcessCost.of(system.apiPid(0));
    }

    private double cpuOver(Duration time) {
        ProcessCost before = cost();
        Wait.until(time, () -> false);
        return cost().cpuSince(before) / time.toSeconds();
    }
}
