package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What Kustomize makes of the folders. Skipped where there is no kubectl, which has it built in.
 */
@EnabledIf(
        value = "io.tidemill.k8s.Rendering#possible",
        disabledReason = "there is no kubectl on the PATH: nothing was rendered by Kustomize")
class KustomizeTest {
    private final StrictSchema schema = new StrictSchema();

    @ParameterizedTest
    @CsvSource({"base, 17", "keda, 3", "scaledjob, 17", "trial, 26"})
    void everyFolderRendersToObjectsTheApiServerWouldTake(String folder, int objects) {
        Manifests rendered = Rendering.of(folder);
        assertEquals(objects, rendered.objects().size());
        assertEquals(List.of(), breaches(rendered));
        assertTrue(
                rendered.objects().stream()
                        .filter(object -> !Manifests.kind(object).equals("Namespace"))
                        .allMatch(object -> namespace(object).equals("tidemill")));
    }

    private static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    private List<String> breaches(Manifests rendered) {
        return rendered.objects().stream()
                .flatMap(object -> schema.breaches(object).stream())
                .toList();
    }

    @Test
    void aTrialTalksToThePodsBesideIt() {
        Pod api = Rendering.of("trial").pod("Deployment", "jobs-api");
        assertEquals("postgresql", api.environment().get("TIDEMILL_DATABASE_HOST"));
        assertEquals("artemis", api.environment().get("AMQP_HOST"));
        assertEquals("local", api.environment().get("QUARKUS_PROFILE"));
        assertEquals("5672", api.environment().get("AMQP_PORT"));
    }

    @Test
    void scaledJobsComeInsteadOfThePool() {
        Manifests rendered = Rendering.of("scaledjob");
        assertEquals(List.of(), rendered.ofKind("ScaledObject"));
        assertEquals(1, rendered.ofKind("Deployment").size());
        assertEquals(1, rendered.ofKind("ScaledJob").size());
    }

    @Test
    void theDeletionCostIsToldByTheChartAndTheComponentAlike(@TempDir Path folder)
            throws IOException {
        Path here = folder.toRealPath();
        Path k8s = here.relativize(Manifests.FOLDER.toRealPath());
        Files.writeString(
                here.resolve("kustomization.yaml"),
                "resources: [%1$s/base]\ncomponents: [%1$s/components/deletion-cost]\n"
                        .formatted(k8s));
        Manifests rendered = Rendering.of(here);
        assertEquals(List.of(), breaches(rendered));
        Pod ours = rendered.pod("Deployment", "file-processor-standard");
        Pod charts =
                Chart.render(Map.of("deletionCost.enabled", true))
                        .pod("Deployment", "file-processor-standard");
        assertEquals(charts.environment(), ours.environment());
        assertEquals(Set.copyOf(charts.mountPaths()), Set.copyOf(ours.mountPaths()));
        assertEquals("file-processor", ours.spec().path("serviceAccountName").asText());
        assertEquals(
                charts.spec().path("serviceAccountName"), ours.spec().path("serviceAccountName"));
    }

    /** The overlay in docs/kubernetes.md, with the component. */
    @Test
    void anOverlayChangesAddressesAndImages(@TempDir Path folder) throws IOException {
        String document = Manifests.text(Manifests.FOLDER.resolveSibling("docs/kubernetes.md"));
        String overlay =
                document.split("```yaml\n# my-cluster/kustomization.yaml\n", 2)[1]
                        .split("```", 2)[0];
        Path here = folder.toRealPath();
        String relative = here.relativize(Manifests.FOLDER.toRealPath()).toString();
        Files.writeString(
                here.resolve("kustomization.yaml"), overlay.replace("../k8s/", relative + "/"));
        Manifests rendered = Rendering.of(here);
        assertEquals(List.of(), breaches(rendered));
        Pod api = rendered.pod("Deployment", "jobs-api");
        assertNotEquals(
                Manifests.folder("base").pod("Deployment", "jobs-api").image(), api.image());
        assertEquals("false", api.environment().get("OTEL_SDK_DISABLED"));
        assertEquals("postgresql.internal", api.environment().get("TIDEMILL_DATABASE_HOST"));
        assertEquals("artemis.internal", api.environment().get("AMQP_HOST"));
    }
}
