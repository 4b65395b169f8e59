package io.tidemill.faults.row;

import io.tidemill.faults.system.Signal;
import io.tidemill.faults.system.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Faults of processors. */
final class WorkerRows {
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final Duration MEMORY_PATIENCE = Duration.ofSeconds(60);
    private static final Duration ACCEPTANCE = Duration.ofSeconds(30);
    private static final Duration BEGINNING = Duration.ofMinutes(2);
    private static final Sleepers SLEEPERS = new Sleepers(9_173);

    private WorkerRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                        "worker-killed-at-random",
                        "each of the three processors dies once by kill -9, at a random moment",
                        WorkerRows::killEach),
                FaultRow.of(
                                "worker-frozen-past-lease",
                                "a processor is frozen for longer than its lease, then goes on",
                                WorkerRows::freeze)
                        .demanding(Demands::somethingSuperseded),
                FaultRow.of(
                                "worker-sigterm-mid-task",
                                "each processor in turn gets SIGTERM while it works",
                                WorkerRows::terminateEach)
                        .demanding(Demands::nothingSuperseded),
                FaultRow.of(
                                "worker-out-of-memory",
                                "a processor gets no more memory from the system while it works",
                                WorkerRows::starve)
                        .unless(() -> Obstacles.missingProgram("prlimit")));
    }

    private static void killEach(Scene scene) {
        for (Unit worker : scene.shuffled(scene.plant().processors())) {
            scene.lastAbout(3);
            kill(scene, worker, "processor killed");
        }
    }

    static void kill(Scene scene, Unit unit, String what) {
        long pid = unit.pid();
        if (unit.send(Signal.KILL)) {
            scene.did(what);
        }
        scene.require(
                Duration.ofMinutes(2), unit.name() + " is back", () -> unit.awaitSuccessor(pid));
    }

    /** One that is at work for sure: by chance alone it may hold nothing at that moment. */
    static Unit busy(Scene scene) {
        scene.submit(SLEEPERS.shape(), 1, ACCEPTANCE);
        scene.require(BEGINNING, "a child works", () -> SLEEPERS.living().count() > 0);
        return scene.plant().processors().stream()
                .filter(processor -> SLEEPERS.workFor(processor.pid()))
                .findFirst()
                .orElseThrow(() -> new RowFailedException("nobody works for the child"));
    }

    private static void freeze(Scene scene) {
        Unit worker = busy(scene);
        try {
            if (worker.send(Signal.STOP)) {
                scene.did("processor frozen at work");
            }
            scene.last(scene.timing().lease().multipliedBy(2));
        } finally {
            worker.send(Signal.CONT);
        }
    }

    private static void terminateEach(Scene scene) {
        for (Unit worker : scene.shuffled(scene.plant().processors())) {
            scene.lastAbout(2);
            long pid = worker.pid();
            if (worker.send(Signal.TERM)) {
                scene.did("processor told to end");
            }
            scene.require(DRAIN, worker.name() + " ended", () -> Unit.awaitDeath(pid, DRAIN));
            scene.require(DRAIN, worker.name() + " is back", () -> worker.awaitSuccessor(pid));
        }
    }

    /** The limit is what the process has now, so that the next piece it asks for is refused. */
    private static void starve(Scene scene) throws IOException, InterruptedException {
        Unit worker = scene.shuffled(scene.plant().processors()).getFirst();
        long pid = worker.pid();
        long data =
                Obstacles.kilobytes(
                                Files.readAllLines(Path.of("/proc/" + pid + "/status")), "VmData")
                        << 10;
        new ProcessBuilder("prlimit", "--pid", String.valueOf(pid), "--data=" + data)
                .inheritIO()
                .start()
                .waitFor();
        if (Unit.awaitDeath(pid, MEMORY_PATIENCE)) {
            scene.did("processor out of memory");
        } else {
            new ProcessBuilder("prlimit", "--pid", String.valueOf(pid), "--data=unlimited")
                    .start()
                    .waitFor();
        }
        scene.require(DRAIN, worker.name() + " is back", () -> worker.isReady());
    }
}
