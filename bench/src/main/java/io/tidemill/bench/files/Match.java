package io.tidemill.bench.files;

import io.tidemill.bench.measure.Comparison;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One kind of work on the same files: by our whole system, then by the bare engine.
 *
 * @param what such as the size of thumbnails, for the table; empty if there is only one match
 * @param step of the job
 * @param engine the bare engine's name
 */
record Match(String what, List<Path> files, JsonObject step, String engine, BareEngine bare) {
    private static final String CPU = "CPU";
    private static final String MILLIS = "ms";

    Match {
        files = List.copyOf(files);
    }

    /** Plays a round. */
    void play(OwnSystem own, Comparison comparison) throws IOException, InterruptedException {
        String ours = label("tidemill");
        Spent spent = own.work(files, step);
        double seconds = bare.work();
        comparison.add(ours, CPU, MILLIS, spent.jobMillis());
        comparison.add(ours, "times", "bare", spent.timesBare(seconds));
        comparison.add(ours, "engine", MILLIS, spent.engineMillis());
        spent.outsideMillis()
                .forEach((process, each) -> comparison.add(ours, process, MILLIS, each));
        comparison.add(ours, "idle", MILLIS, spent.idleMillis());
        comparison.add(ours, "upload", MILLIS, spent.uploadMillis());
        comparison.add(label(engine), CPU, MILLIS, 1_000 * seconds / files.size());
    }

    private String label(String who) {
        return what.isEmpty() ? who : who + ", " + what;
    }
}
