package io.tidemill.faults.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.faults.check.Counts;
import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that take their processor down with them. */
final class PoisonRows {
    private static final Duration ACCEPTANCE = Duration.ofSeconds(30);
    private static final Duration THREE_DEATHS = Duration.ofMinutes(4);
    private static final int MAX_ATTEMPTS = 3;

    private PoisonRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                                "poison-file",
                                "a file takes its processor down each time somebody works on it, beside the usual load",
                                PoisonRows::poison)
                        .allowing("WORKER_LOST")
                        .demanding(PoisonRows::onlyThePoisonFails));
    }

    /** The wait lets its beginning be told before it kills. */
    private static void poison(Scene scene) {
        Shape poison = Shape.drill(Map.of("killWorker", true, "durationMillis", 200));
        Promise job = scene.submit(poison, 1, ACCEPTANCE);
        scene.require(
                THREE_DEATHS, "the poison was given up", () -> state(scene, job).equals("FAILED"));
        JsonNode attempts =
                scene.client().get(job.path() + "/tasks").json().at("/items/0/attempts");
        scene.did("processor killed by a file", attempts.size());
        if (attempts.size() != MAX_ATTEMPTS) {
            throw new RowFailedException(
                    "the poison began " + attempts.size() + " times: " + attempts);
        }
    }

    static String state(Scene scene, Promise job) {
        return scene.client().get(job.path()).json().path("state").asText();
    }

    private static Optional<String> onlyThePoisonFails(Counts counts) {
        return counts.failed() == 1
                ? Optional.empty()
                : Optional.of(counts.failed() + " tasks failed, not the poison alone");
    }
}
