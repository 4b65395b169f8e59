package io.tidemill.faults.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.faults.load.Answer;
import io.tidemill.faults.load.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Wishes at awkward moments. */
final class WishRows {
    private static final Duration ACCEPTANCE = Duration.ofSeconds(30);
    private static final Duration BEGINNING = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int CANCELS = 10;

    private static final Sleepers SLEEPERS = new Sleepers(417_239);

    private WishRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                                "cancel-in-mid-task",
                                "ten jobs are cancelled while a child process works for them",
                                WishRows::cancel)
                        .allowing("CANCELLED")
                        .demanding(Demands::nothingSuperseded));
    }

    private static void cancel(Scene scene) {
        for (int i = 0; i < CANCELS; i++) {
            Promise job = scene.submit(SLEEPERS.shape(), 1, ACCEPTANCE);
            scene.require(
                    BEGINNING,
                    "a child works, and it is known",
                    () -> SLEEPERS.living().count() > 0 && isRunning(scene, job));
            Answer answer = scene.client().post(job.path() + "/cancel", Map.of(), "");
            if (!answer.ok()) {
                throw new RowFailedException("a cancel was answered " + answer.status());
            }
            scene.require(
                    STOP,
                    "the job is cancelled",
                    () -> PoisonRows.state(scene, job).equals("CANCELLED"));
            scene.did("cancelled in mid-task");
            prove(scene, job);
        }
    }

    /** A task that is cancelled before it is known to run ends without an attempt to tell of. */
    private static boolean isRunning(Scene scene, Promise job) {
        JsonNode tasks = scene.client().get(job.path() + "/tasks").json();
        return tasks.at("/items/0/state").asText().equals("RUNNING");
    }

    private static void prove(Scene scene, Promise job) {
        if (SLEEPERS.living().count() > 0) {
            throw new RowFailedException("the job is CANCELLED and its child lives");
        }
        JsonNode attempts =
                scene.client().get(job.path() + "/tasks").json().at("/items/0/attempts");
        if (!attempts.at("/0/outcome").asText().equals("STOPPED")) {
            throw new RowFailedException("the attempt does not prove its end: " + attempts);
        }
    }
}
