package io.tidemill.faults.row;

import io.tidemill.faults.load.Shape;
import io.tidemill.local.RunningService;
import io.tidemill.local.folder.Folders;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Faults of the broker. */
final class BrokerRows {
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(15);

    private BrokerRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                        "broker-killed",
                        "the broker dies by kill -9 three times and is started again",
                        scene -> {
                            for (int i = 0; i < 3; i++) {
                                scene.lastAbout(4);
                                down(scene, Duration.ofMillis(scene.between(0, 2_000)));
                            }
                        }),
                FaultRow.of(
                        "broker-down-two-minutes",
                        "there is no broker for two minutes; jobs are still accepted",
                        scene -> down(scene, Duration.ofMinutes(2))),
                FaultRow.of(
                        "broker-journal-deleted",
                        "the broker is killed and comes back without any of its messages",
                        BrokerRows::forget));
    }

    private static void down(Scene scene, Duration time) {
        RunningService broker = scene.plant().broker();
        broker.kill();
        scene.did("broker killed");
        try {
            if (time.toSeconds() > ACCEPTED_WITHIN.toSeconds()) {
                scene.submit(Shape.inspect(), 1, ACCEPTED_WITHIN);
                scene.did("job accepted without a broker");
            }
            scene.last(time);
        } finally {
            broker.startAgain();
        }
    }

    private static void forget(Scene scene) throws IOException {
        RunningService broker = scene.plant().broker();
        broker.kill();
        scene.did("broker killed");
        try {
            Folders.delete(scene.plant().brokerFolder());
            scene.did("journal deleted");
        } finally {
            broker.startAgain();
        }
    }
}
