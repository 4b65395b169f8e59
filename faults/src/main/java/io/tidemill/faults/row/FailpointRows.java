package io.tidemill.faults.row;

import io.tidemill.faults.system.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Services that die exactly where it hurts: each row is one step of the work. */
final class FailpointRows {
    private static final Duration REACHED_WITHIN = Duration.ofSeconds(90);
    private static final int DEATHS = 2;

    private FailpointRows() {}

    static List<FaultRow> all() {
        Stream<FaultRow> apis =
                Stream.of(
                        api("submit.planned", "before it writes a job"),
                        api("submit.committed", "after it has committed a job, before its answer"),
                        api(
                                "dispatch.committed",
                                "after it has committed tasks to send, before sending"),
                        api("dispatch.sent", "right after it has handed bundles to its connection"),
                        api("events.before-commit", "before it commits what events say"),
                        api(
                                "events.applied",
                                "after it has committed events, before it settles them"),
                        api("upload.stored", "after it has stored bytes, before their row"));
        Stream<FaultRow> workers =
                Stream.of(
                        worker(
                                "taken.sent",
                                "after taken is accepted, before it settles the bundle"),
                        worker("taken.settled", "after it has settled a bundle, before it works"),
                        worker("started", "when it begins to work on a task"),
                        worker("result.stored", "after it has stored outputs, before it says so"),
                        worker("result.sent", "after its result is accepted"));
        return Stream.of(apis, Stream.of(rescue()), workers).flatMap(rows -> rows).toList();
    }

    private static FaultRow api(String step, String sentence) {
        return row("api", "a replica", step, sentence).demanding(Demands::nothingSuperseded);
    }

    private static FaultRow worker(String step, String sentence) {
        return row("worker", "a processor", step, sentence);
    }

    private static FaultRow row(String role, String who, String step, String sentence) {
        return FaultRow.of(
                        role + "-killed-at-" + step.replace('.', '-'),
                        "twice " + who + " dies " + sentence,
                        scene -> dieAt(scene, step, () -> {}))
                .on(Setup.DRILL);
    }

    /** There is somebody to rescue only when a processor has died. */
    private static FaultRow rescue() {
        return FaultRow.of(
                        "api-killed-at-rescue-before",
                        "twice a replica dies before it rescues the tasks of a dead processor",
                        scene ->
                                dieAt(
                                        scene,
                                        "rescue.before",
                                        () ->
                                                WorkerRows.kill(
                                                        scene,
                                                        WorkerRows.busy(scene),
                                                        "processor killed at work")))
                .on(Setup.DRILL);
    }

    private static void dieAt(Scene scene, String step, Runnable cause) throws IOException {
        Path order = scene.plant().failpoints().resolve(step);
        Files.createDirectories(order.getParent());
        for (int i = 0; i < DEATHS; i++) {
            Files.createFile(order);
            cause.run();
            try {
                scene.require(REACHED_WITHIN, step + " is reached", () -> Files.notExists(order));
                scene.did("death at " + step);
            } finally {
                Files.deleteIfExists(order);
            }
            scene.lastAbout(2);
            scene.require(REACHED_WITHIN, "all are back", () -> scene.plant().isWhole());
        }
    }
}
