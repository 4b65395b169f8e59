package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Helm takes the chart, and the chart does what its values say. */
class ChartTest {

    @Test
    void helmHasNothingToSayAgainstIt() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @Test
    void itCanBePackagedAndRenderedFromThePackage(@TempDir Path folder) {
        new Helm(Chart.FOLDER).packageIt().withDestination(folder).call();
        Path archive = folder.resolve("tidemill-0.1.0.tgz");
        assertTrue(Files.exists(archive));
        Manifests packaged = Manifests.parse(Chart.template(archive).call());
        assertEquals(Manifests.parse(Chart.template(Chart.FOLDER).call()), packaged);
        assertFalse(packaged.objects().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "api.replicas, 0",
        "api.replica, 2",
        "apis.replicas, 2",
        "database.port, 70000",
        "poolDefaults.slots, 257",
        "poolDefaults.kind, DaemonSet",
        "pools.Heavy.slots, 1",
        "pools.heavy.slot, 1",
        "settings.lower, x",
        "keda.management.endpoint, artemis",
        "network.databaseCidrs[0], anywhere",
        "api.resources.limits.memory, much",
    })
    void valuesThatMakeNoSenseAreRefused(String key, String value) {
        assertRefused(Map.of(key, value), "values don't meet");
    }

    private static void assertRefused(Map<String, ?> values, String reason) {
        String refusal =
                assertThrows(Exception.class, () -> Chart.render(values), values::toString)
                        .toString();
        assertTrue(refusal.contains(reason), refusal);
    }

    @Test
    void aScaledJobNeedsKeda() {
        assertRefused(Map.of("pools.heavy.kind", "ScaledJob"), "pools.heavy.kind is ScaledJob");
    }

    @Test
    void eachTaskQueueHasItsOwnPool() {
        Manifests chart =
                Chart.render(
                        Map.of(
                                "keda.enabled", true,
                                "pools.heavy.slots", 4,
                                "pools.heavy.drainSeconds", 600,
                                "pools.heavy.scaling.maxReplicas", 3));
        Pod heavy = chart.pod("Deployment", "file-processor-heavy");
        assertEquals("heavy", heavy.environment().get("TIDEMILL_WORKER_TASK_QUEUE"));
        assertEquals("4", heavy.environment().get("TIDEMILL_WORKER_SLOTS"));
        assertEquals(625, heavy.spec().path("terminationGracePeriodSeconds").asInt());
        assertEquals(
                3,
                chart.get("ScaledObject", "file-processor-heavy")
                        .at("/spec/maxReplicaCount")
                        .asInt());
        Pod standard = chart.pod("Deployment", "file-processor-standard");
        assertEquals("2", standard.environment().get("TIDEMILL_WORKER_SLOTS"));
        assertEquals(325, standard.spec().path("terminationGracePeriodSeconds").asInt());
    }

    @Test
    void anUpgradeCanBeginWithTheProcessors() {
        Manifests chart = Chart.render(Map.of("image.tag", "2.0.0", "api.tag", "1.9.0"));
        assertTrue(chart.pod("Deployment", "jobs-api").image().endsWith("/jobs-api:1.9.0"));
        assertTrue(chart.pod("Deployment", "file-processor-standard").image().endsWith(":2.0.0"));
        assertTrue(chart.pod("Job", "jobs-api-migrate").image().endsWith("/jobs-api:2.0.0"));
    }

    @Test
    void theNotesNameTheSecretsAndTheFirstSteps() {
        String notes =
                new Helm(Chart.FOLDER)
                        .install()
                        .withName("tidemill")
                        .withNamespace("files")
                        .clientOnly()
                        .dryRun()
                        .withKubeVersion(Chart.KUBERNETES)
                        .set("database.secret", "my-database")
                        .call()
                        .getOutput();
        assertTrue(notes.contains("my-database, tidemill-broker (username, password)"), notes);
        assertTrue(notes.contains("deployment/file-processor-standard --replicas"), notes);
        assertTrue(notes.contains("helm -n files test tidemill"), notes);
    }

    @Test
    void aClaimOfOnesOwnIsUsed() {
        Manifests chart = Chart.render(Map.of("storage.existingClaim", "mine"));
        assertEquals(List.of(), chart.ofKind("PersistentVolumeClaim"));
        assertTrue(
                chart.pod("Deployment", "jobs-api")
                        .spec()
                        .toString()
                        .contains("\"claimName\":\"mine\""));
    }

    /** The Job runs before everything else is there. */
    @Test
    void hooksNeedNothingOfTheChart() {
        Path templates = Chart.FOLDER.resolve("templates");
        assertTrue(
                Manifests.text(templates.resolve("migrate.yaml"))
                        .contains("helm.sh/hook: pre-install,pre-upgrade"));
        assertTrue(
                Manifests.text(templates.resolve("tests/tables.yaml"))
                        .contains("helm.sh/hook: test"));
        for (Pod pod : Chart.render(Map.of()).pods()) {
            if (pod.labels().containsValue("migrate")) {
                assertTrue(pod.container().path("envFrom").isMissingNode());
                assertTrue(pod.spec().path("serviceAccountName").isMissingNode());
            }
        }
    }
}
