package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The chart and the plain manifests are two forms of the same facts. */
class ChartMatchesBaseTest {
    private static final List<String> OF_HELM =
            List.of(
                    "helm.sh/chart",
                    "helm.sh/hook",
                    "helm.sh/hook-delete-policy",
                    "helm.sh/resource-policy",
                    "app.kubernetes.io/managed-by",
                    "checksum/settings");

    @Test
    void byDefaultTheChartMakesTheObjectsOfBase() {
        assertSame(plain("base"), chart(Map.of()));
    }

    @Test
    void withKedaThoseOfKedaAsWell() {
        assertSame(plain("base", "keda"), chart(Map.of("keda.enabled", true)));
    }

    @Test
    void withAScaledJobInsteadOfAPool() {
        Map<String, JsonNode> scaledJob = plain("base", "keda", "scaledjob");
        List.of(
                        "Deployment file-processor-standard",
                        "PodDisruptionBudget file-processor-standard",
                        "ScaledObject file-processor-standard")
                .forEach(scaledJob::remove);
        Path values = Manifests.FOLDER.resolve("helm").resolve("hour-long-tasks.yaml");
        assertSame(scaledJob, comparable(Chart.render(values)));
    }

    @Test
    void withTelemetryThePolicyOfTheComponent() {
        JsonNode component =
                Manifests.folder("components/telemetry").get("NetworkPolicy", "to-collector");
        JsonNode chart =
                Chart.render(Map.of("telemetry.enabled", true))
                        .get("NetworkPolicy", "to-collector");
        assertEquals(component.path("spec"), chart.path("spec"));
    }

    @Test
    void withTheDeletionCostWhatTheComponentAdds() {
        Map<String, JsonNode> chart = chart(Map.of("deletionCost.enabled", true));
        plain("components/deletion-cost")
                .forEach(
                        (title, object) -> {
                            JsonNode same = Objects.requireNonNull(chart.get(title), title);
                            for (String facts : List.of("spec", "rules", "subjects", "roleRef")) {
                                assertEquals(object.path(facts), same.path(facts), title);
                            }
                        });
    }

    private static void assertSame(Map<String, JsonNode> plain, Map<String, JsonNode> chart) {
        assertEquals(plain.keySet(), chart.keySet());
        plain.forEach((title, object) -> assertEquals(text(object), text(chart.get(title)), title));
    }

    /** On lines of its own for each field, so that a difference is easy to see. */
    private static String text(@Nullable JsonNode object) {
        return Objects.requireNonNull(object).toPrettyString();
    }

    private static Map<String, JsonNode> plain(String... folders) {
        return comparable(
                new Manifests(
                        Stream.of(folders)
                                .flatMap(folder -> Manifests.folder(folder).objects().stream())
                                .toList()));
    }

    private static Map<String, JsonNode> chart(Map<String, ?> values) {
        return comparable(Chart.render(values));
    }

    /** Namespaces are not made by charts; the pod of {@code helm test} is Helm's alone. */
    private static Map<String, JsonNode> comparable(Manifests manifests) {
        return manifests.objects().stream()
                .filter(object -> !List.of("Namespace", "Pod").contains(Manifests.kind(object)))
                .collect(
                        Collectors.toMap(
                                Manifests::title,
                                object -> comparable(object, manifests),
                                (a, _) -> a,
                                TreeMap::new));
    }

    private static JsonNode comparable(JsonNode object, Manifests beside) {
        ObjectNode copy = object.deepCopy();
        for (Pod pod : new Manifests(List.of(copy)).pods()) {
            Map<String, String> environment =
                    new Pod(pod.owner(), pod.template(), beside).environment();
            ObjectNode container = (ObjectNode) pod.container();
            container.remove("envFrom");
            container.replace("env", container.objectNode());
            environment.forEach(((ObjectNode) container.path("env"))::put);
        }
        withoutHelm(copy);
        return sorted(copy);
    }

    private static void withoutHelm(JsonNode node) {
        for (String field : List.of("labels", "annotations")) {
            JsonNode map = node.path(field);
            if (map instanceof ObjectNode labels) {
                labels.remove(OF_HELM);
            }
            if (map.isEmpty() && node instanceof ObjectNode owner) {
                owner.remove(field);
            }
        }
        node.forEach(ChartMatchesBaseTest::withoutHelm);
    }

    /** Fields in one order. */
    private static JsonNode sorted(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            if (node.isArray()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                node.forEach(element -> array.add(sorted(element)));
                return array;
            }
            return node;
        }
        ObjectNode result = object.objectNode();
        object.properties().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> result.set(entry.getKey(), sorted(entry.getValue())));
        return result;
    }
}
