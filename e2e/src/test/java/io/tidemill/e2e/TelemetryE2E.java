package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.faults.load.WebhookReceiver;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What the alerts, the dashboard and the document name is what both services really send, in the
 * names that Prometheus gives it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TelemetryE2E {
    private static final String OURS = "tidemill.";

    /** Labels that every series, or every bucket, has in Prometheus. */
    private static final Set<String> EVERYWHERE = Set.of("job", "instance", "le");

    private final Api api = Api.of(TelemetryE2E.class);
    private final TraceCollector collector = SharedTidemill.traces();
    private final Map<String, Set<String>> documented = Observability.documented();

    /**
     * A job that uploads, waits, runs, stores and tells of its end; the rest is told from the
     * start.
     */
    @BeforeAll
    void haveEverythingMeasured() throws IOException {
        byte[] text = "a text".getBytes(StandardCharsets.UTF_8);
        try (WebhookReceiver receiver = new WebhookReceiver(Duration.ZERO)) {
            String endpoint = api.tell(receiver.url());
            String file = api.upload("measured.txt", text);
            api.awaitEnd(api.submit(Submission.of(file).step("text", "extract-text", Map.of())));
            Wait.until(Tidemill.PATIENCE, () -> names().containsAll(documented.keySet()));
            api.tellNoMore(endpoint);
        }
    }

    private Set<String> names() {
        return collector.metrics().stream()
                .map(CollectedMetric::name)
                .filter(name -> name.startsWith(OURS))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDocumentListsEveryMetricWithItsAttributes() {
        assertEquals(new TreeSet<>(documented.keySet()), names());
        for (CollectedMetric metric : collector.metrics()) {
            Set<String> listed = documented.getOrDefault(metric.name(), metric.attributes());
            assertTrue(listed.containsAll(metric.attributes()), metric::toString);
        }
    }

    @Test
    void alertsAndDashboardNameOnlyWhatIsSent() {
        Map<String, Set<String>> series = new HashMap<>();
        for (CollectedMetric metric : collector.metrics()) {
            Set<String> labels = new HashSet<>(metric.labels());
            documented
                    .getOrDefault(metric.name(), Set.of())
                    .forEach(attribute -> labels.add(attribute.replace('.', '_')));
            metric.series()
                    .forEach(
                            name ->
                                    series.computeIfAbsent(name, _ -> new HashSet<>())
                                            .addAll(labels));
        }
        Observability.rules().stream()
                .filter(rule -> rule.has("record"))
                .forEach(rule -> series.put(rule.path("record").asText(), Set.of()));
        List<String> unknown = new ArrayList<>();
        Observability.expressions()
                .forEach((where, expression) -> check(where, expression, series, unknown));
        assertEquals(List.of(), unknown);
    }

    private static void check(
            String where,
            PromQl expression,
            Map<String, Set<String>> series,
            List<String> unknown) {
        assertTrue(!expression.series().isEmpty(), where);
        Set<String> labels = new HashSet<>(EVERYWHERE);
        for (String name : expression.series()) {
            Set<String> known = series.get(name);
            if (known == null) {
                unknown.add(where + ": " + name);
            } else {
                labels.addAll(known);
            }
        }
        expression.labels().stream()
                .filter(label -> !labels.contains(label))
                .forEach(label -> unknown.add(where + ": label " + label));
    }

    @Test
    void processesCanBeToldApartAndAreNamedAsTheEnvironmentSays() {
        Set<Map<String, String>> resources = collector.resources();
        for (String service : List.of("jobs-api", "file-processor")) {
            Map<String, String> one =
                    resources.stream()
                            .filter(resource -> service.equals(resource.get("service.name")))
                            .findFirst()
                            .orElseThrow();
            assertEquals("tidemill", one.get("service.namespace"));
            assertEquals("e2e", one.get("deployment.environment.name"));
        }
        long instances =
                resources.stream().map(one -> one.get("service.instance.id")).distinct().count();
        assertEquals(resources.size(), instances);
    }

    @Test
    void noAttributeHoldsWhatThereAreManyOf() {
        Set<String> attributes =
                documented.values().stream()
                        .flatMap(Set::stream)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of(
                        "error.type",
                        "messaging.destination.name",
                        "tidemill.operation",
                        "tidemill.outcome",
                        "tidemill.priority",
                        "tidemill.reason",
                        "tidemill.task_queue"),
                attributes);
    }
}
