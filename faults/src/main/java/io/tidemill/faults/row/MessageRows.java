package io.tidemill.faults.row;

import io.tidemill.faults.system.Queues;
import io.vertx.amqp.AmqpMessage;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Messages that come late, often, in the wrong order, or should never have come. */
final class MessageRows {
    private static final String TASKS = "tidemill.tasks.standard";
    private static final String EVENTS = "tidemill.events";
    private static final String ASIDE = "tidemill.faults.aside.";
    private static final Duration SHUFFLED = Duration.ofSeconds(20);
    private static final int TIMES = 3;

    private MessageRows() {}

    static List<FaultRow> all() {
        return List.of(
                FaultRow.of(
                        "messages-duplicated-and-shuffled",
                        "for 20 s all events arrive late, three times and in any order, and all tasks twice",
                        MessageRows::shuffle),
                FaultRow.of(
                        "garbage-and-unknown-version-messages",
                        "messages that are no JSON, of a future version, or about nothing, on all addresses",
                        MessageRows::garbage));
    }

    private static void shuffle(Scene scene) throws Exception {
        try (Queues queues = Queues.of(scene.plant().environment())) {
            BlockingQueue<AmqpMessage> events = aside(queues, EVENTS, true);
            BlockingQueue<AmqpMessage> tasks = aside(queues, TASKS, false);
            try {
                long end = System.nanoTime() + SHUFFLED.toNanos();
                while (System.nanoTime() < end) {
                    scene.last(Duration.ofMillis(scene.between(50, 1_500)));
                    again(scene, queues, EVENTS, events, TIMES);
                    again(scene, queues, TASKS, tasks, 1);
                }
            } finally {
                queues.undivert(EVENTS);
                queues.undivert(TASKS);
                scene.last(Duration.ofSeconds(1));
                again(scene, queues, EVENTS, events, TIMES);
            }
        }
    }

    private static BlockingQueue<AmqpMessage> aside(Queues queues, String address, boolean only)
            throws Exception {
        BlockingQueue<AmqpMessage> arrived = new LinkedBlockingQueue<>();
        queues.listen(ASIDE + address, arrived::add);
        queues.divert(address, ASIDE + address, only);
        return arrived;
    }

    private static void again(
            Scene scene,
            Queues queues,
            String address,
            BlockingQueue<AmqpMessage> arrived,
            int times)
            throws Exception {
        List<AmqpMessage> all = new ArrayList<>();
        arrived.drainTo(all);
        List<AmqpMessage> copies =
                new ArrayList<>(
                        Collections.nCopies(times, all).stream().flatMap(List::stream).toList());
        Collections.shuffle(copies);
        for (AmqpMessage copy : copies) {
            queues.send(address, copy.bodyAsBinary(), properties(copy));
            scene.did("message sent again to " + address);
        }
    }

    private static JsonObject properties(AmqpMessage message) {
        JsonObject properties = message.applicationProperties();
        return properties == null ? new JsonObject() : properties;
    }

    private static void garbage(Scene scene) throws Exception {
        try (Queues queues = Queues.of(scene.plant().environment())) {
            for (int i = 0; i < 5; i++) {
                for (String address : List.of(TASKS, EVENTS)) {
                    for (String body : bodies()) {
                        queues.send(
                                address,
                                Buffer.buffer(body, StandardCharsets.ISO_8859_1.name()),
                                new JsonObject());
                        scene.did("garbage sent to " + address);
                    }
                }
                scene.lastAbout(2);
            }
        }
    }

    private static List<String> bodies() {
        String id = "0197c1c4-0000-7000-8000-000000000000";
        String token = "\"taskId\":\"%s\",\"attempt\":1,\"execution\":\"%s\"".formatted(id, id);
        return List.of(
                "",
                "\u0000\u00ff\u00fe not json",
                "[]",
                "{\"version\":2,\"worker\":\"w\",\"events\":[]}",
                "{\"version\":1,\"worker\":\"w\",\"events\":[{\"type\":\"future\"}]}",
                "{\"version\":1,\"worker\":\"w\",\"events\":[{\"type\":\"taken\",%s}]}"
                        .formatted(token),
                "{\"version\":1,\"worker\":\"w\",\"events\":[{\"type\":\"succeeded\",%s,\"result\":{},\"outputs\":[]}]}"
                        .formatted(token),
                "{\"version\":1,\"bundleId\":\"%s\",\"tasks\":[{\"taskId\":\"x\"}]}".formatted(id),
                "{\"version\":9,\"bundleId\":\"%s\",\"tasks\":[]}".formatted(id));
    }
}
