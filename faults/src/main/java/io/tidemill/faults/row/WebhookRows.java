package io.tidemill.faults.row;

import io.tidemill.faults.load.Answer;
import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.Shape;
import io.tidemill.faults.load.WebhookReceiver;
import io.tidemill.faults.system.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Deaths while clients are being told of the end of their jobs. */
final class WebhookRows {
    private static final Duration ACCEPTANCE = Duration.ofSeconds(30);
    private static final Duration UNDER_WAY = Duration.ofMinutes(1);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final int JOBS = 24;

    /** What a replica was sending when it died is given up after 45 s and sent by another. */
    private static final Duration TOLD = Duration.ofMinutes(3);

    private WebhookRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                        "api-killed-in-mid-delivery",
                        "each replica dies by kill -9 while it tells a slow receiver of ended jobs",
                        WebhookRows::killInMidDelivery));
    }

    private static void killInMidDelivery(Scene scene) throws IOException {
        try (WebhookReceiver receiver = new WebhookReceiver(ANSWER)) {
            createEndpoint(scene, receiver);
            List<Promise> jobs = new ArrayList<>();
            for (Unit api : scene.shuffled(scene.plant().apis())) {
                for (int i = 0; i < JOBS / 2; i++) {
                    jobs.add(scene.submit(Shape.inspect(), 1, ACCEPTANCE));
                }
                scene.require(UNDER_WAY, "a delivery is under way", () -> receiver.open() > 0);
                WorkerRows.kill(scene, api, "replica killed in mid-delivery");
            }
            scene.require(
                    TOLD,
                    "all jobs are told of",
                    () -> jobs.stream().allMatch(job -> wasTold(receiver, job)));
            scene.did("deliveries received", receiver.received());
            jobs.forEach(job -> judge(receiver, job));
        }
    }

    private static void createEndpoint(Scene scene, WebhookReceiver receiver) {
        Answer answer =
                scene.client()
                        .post(
                                "/v1/webhook-endpoints",
                                Map.of("Content-Type", "application/json"),
                                "{\"url\": \"" + receiver.url() + "\"}");
        if (!answer.ok()) {
            throw new RowFailedException("the endpoint was answered " + answer.status());
        }
    }

    private static boolean wasTold(WebhookReceiver receiver, Promise job) {
        return !receiver.idsOf(job.jobId()).isEmpty();
    }

    /** However often it came, it is one event, and says the same. */
    private static void judge(WebhookReceiver receiver, Promise job) {
        Set<String> ids = receiver.idsOf(job.jobId());
        if (ids.size() > 1 || ids.stream().anyMatch(id -> receiver.bodiesOf(id).size() > 1)) {
            throw new RowFailedException("job " + job.jobId() + " is told in two ways: " + ids);
        }
    }
}
