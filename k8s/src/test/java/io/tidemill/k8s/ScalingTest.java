package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.contract.Addresses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers of a pool agree with each other, wherever they are written. */
class ScalingTest {
    /** What a processor needs after its drain; docs/configuration.md says so. */
    private static final long GIVE_BACK_SECONDS = 25;

    private static final Manifests ALL_ON = Chart.render(Shipped.ALL_ON);

    private static Manifests together(String... folders) {
        return new Manifests(
                Stream.of(folders)
                        .flatMap(folder -> Manifests.folder(folder).objects().stream())
                        .toList());
    }

    static Stream<Manifests> sets() {
        return Stream.of(together("base", "keda"), together("base", "keda", "scaledjob"), ALL_ON);
    }

    private static List<Pod> processors(Manifests set) {
        return set.pods().stream()
                .filter(pod -> pod.labels().containsValue("file-processor"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void aPodIsGivenTheTimeThatItsDrainTakes(Manifests set) {
        for (Pod pod : processors(set)) {
            String drain = "PT" + pod.environment().get("TIDEMILL_WORKER_DRAIN");
            assertEquals(
                    Duration.parse(drain).toSeconds() + GIVE_BACK_SECONDS,
                    pod.spec().path("terminationGracePeriodSeconds").asLong(),
                    pod.owner());
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void eachPoolHasBothTriggersOnItsOwnQueue(Manifests set) {
        for (JsonNode object : set.ofKind("ScaledObject")) {
            Pod pod = set.pod("Deployment", object.at("/spec/scaleTargetRef/name").asText());
            String queue = pod.environment().getOrDefault("TIDEMILL_WORKER_TASK_QUEUE", "");
            String slots = pod.environment().getOrDefault("TIDEMILL_WORKER_SLOTS", "");
            Map<String, JsonNode> triggers =
                    Manifests.list(object.at("/spec/triggers")).stream()
                            .collect(
                                    Collectors.toMap(
                                            trigger -> trigger.path("type").asText(),
                                            trigger -> trigger.path("metadata")));
            assertEquals(Set.of("artemis-queue", "metrics-api"), triggers.keySet());
            JsonNode broker = triggers.getOrDefault("artemis-queue", object);
            assertEquals(Addresses.tasks(queue), broker.path("queueName").asText());
            assertEquals(broker.path("queueName"), broker.path("brokerAddress"));
            assertEquals(slots, broker.path("queueLength").asText());
            assertEquals("0", broker.path("activationQueueLength").asText());
            assertAsksForTheLoad(triggers.getOrDefault("metrics-api", object), queue, slots);
        }
    }

    @ParameterizedTest
    @MethodSource("sets")
    void aScaledJobCountsATaskAsAPodThatEndsByItself(Manifests set) {
        for (JsonNode object : set.ofKind("ScaledJob")) {
            Pod pod = set.pod("ScaledJob", Manifests.name(object));
            assertTrue(pod.environment().containsKey("TIDEMILL_WORKER_END_WHEN_IDLE"));
            assertEquals("1", pod.environment().get("TIDEMILL_WORKER_SLOTS"));
            assertEquals("gradual", object.at("/spec/rollout/strategy").asText());
            assertEquals("default", object.at("/spec/scalingStrategy/strategy").asText());
            assertEquals(1, object.at("/spec/triggers").size());
            assertAsksForTheLoad(
                    object.at("/spec/triggers/0/metadata"),
                    pod.environment().getOrDefault("TIDEMILL_WORKER_TASK_QUEUE", ""),
                    "1");
        }
    }

    private static void assertAsksForTheLoad(JsonNode load, String queue, String target) {
        assertEquals(
                "http://jobs-api.tidemill.svc/internal/v1/scaling/" + queue,
                load.path("url").asText());
        assertEquals("tasks", load.path("valueLocation").asText());
        assertEquals("bearer", load.path("authMode").asText());
        assertEquals(target, load.path("targetValue").asText());
        assertEquals("0", load.path("activationTargetValue").asText());
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyTriggerShowsWhatASecretHolds(Manifests set) {
        Set<String> known =
                set.ofKind("TriggerAuthentication").stream()
                        .map(Manifests::name)
                        .collect(Collectors.toSet());
        List<String> asked =
                set.objects().stream()
                        .flatMap(object -> Manifests.list(object.at("/spec/triggers")).stream())
                        .map(trigger -> trigger.at("/authenticationRef/name").asText())
                        .toList();
        assertTrue(!asked.isEmpty() && known.containsAll(asked), () -> asked + " in " + known);
        String token =
                set.pod("Deployment", "jobs-api").environment().get("TIDEMILL_SCALING_TOKEN");
        JsonNode shown =
                set.get("TriggerAuthentication", "tidemill-scaling").at("/spec/secretTargetRef/0");
        assertEquals(token, shown.path("name").asText() + "/" + shown.path("key").asText());
    }
}
