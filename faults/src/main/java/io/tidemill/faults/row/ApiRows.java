package io.tidemill.faults.row;

import io.tidemill.faults.load.SentFile;
import io.tidemill.faults.load.Shape;
import io.tidemill.faults.load.Submitter;
import io.tidemill.faults.system.Signal;
import io.tidemill.faults.system.Unit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Faults of the API, and clients that press it. */
final class ApiRows {
    private static final Duration FROZEN = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KEYS = 6;
    private static final int CLIENTS_OF_A_KEY = 12;

    private ApiRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                        "api-killed-at-random",
                        "both replicas die twice by kill -9, at random moments",
                        ApiRows::killBoth),
                FaultRow.of(
                        "api-frozen",
                        "one replica is frozen for 25 s, then goes on",
                        ApiRows::freeze),
                FaultRow.of(
                        "api-sigterm",
                        "each replica in turn gets SIGTERM under load",
                        ApiRows::terminateEach),
                FaultRow.of(
                        "client-retry-storm",
                        "12 clients at once submit each of 6 jobs with the same key, while a replica dies",
                        ApiRows::storm));
    }

    private static void killBoth(Scene scene) {
        for (int round = 0; round < 2; round++) {
            for (Unit api : scene.shuffled(scene.plant().apis())) {
                scene.lastAbout(4);
                WorkerRows.kill(scene, api, "replica killed");
            }
        }
    }

    private static void freeze(Scene scene) {
        Unit api = scene.shuffled(scene.plant().apis()).getFirst();
        try {
            if (api.send(Signal.STOP)) {
                scene.did("replica frozen");
            }
            scene.last(FROZEN);
        } finally {
            api.send(Signal.CONT);
        }
    }

    private static void terminateEach(Scene scene) {
        for (Unit api : scene.shuffled(scene.plant().apis())) {
            scene.lastAbout(2);
            long pid = api.pid();
            if (api.send(Signal.TERM)) {
                scene.did("replica told to end");
            }
            scene.require(PATIENCE, api.name() + " is back", () -> api.awaitSuccessor(pid));
        }
    }

    private static void storm(Scene scene) {
        List<SentFile> files =
                List.of(
                        scene.submitter()
                                .upload(PATIENCE)
                                .orElseThrow(() -> new RowFailedException("no upload")));
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < KEYS; i++) {
                String key = Submitter.newKey();
                for (int j = 0; j < CLIENTS_OF_A_KEY; j++) {
                    clients.execute(() -> submit(scene, key, files));
                }
            }
            Unit api = scene.plant().apis().getFirst();
            WorkerRows.kill(scene, api, "replica killed in the storm");
        }
    }

    private static void submit(Scene scene, String key, List<SentFile> files) {
        scene.did("submissions with a shared key");
        if (scene.submitter().submit(key, files, Shape.pair(300), PATIENCE).isEmpty()) {
            throw new RowFailedException("key " + key + " was never answered");
        }
    }
}
