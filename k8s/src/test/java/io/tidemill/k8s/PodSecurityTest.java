package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pod satisfies the Pod Security Standard "restricted", and some rules of our own. */
class PodSecurityTest {
    private static final Set<String> VOLUMES =
            Set.of("emptyDir", "persistentVolumeClaim", "configMap", "projected");

    static Stream<Pod> pods() {
        return Shipped.whole().flatMap(shipped -> shipped.objects().pods().stream());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void isRestricted(Pod pod) {
        JsonNode security = pod.spec().path("securityContext");
        assertTrue(security.path("runAsNonRoot").asBoolean(), pod.owner());
        assertTrue(security.path("runAsUser").asInt() > 0, pod.owner());
        assertEquals("RuntimeDefault", security.at("/seccompProfile/type").asText());
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            assertFalse(pod.spec().has(host), host);
        }
        for (JsonNode volume : pod.spec().path("volumes")) {
            volume.fieldNames()
                    .forEachRemaining(
                            field ->
                                    assertTrue(
                                            field.equals("name") || VOLUMES.contains(field),
                                            field));
        }
        assertAll(pod.containers().stream().map(container -> () -> assertRestricted(container)));
    }

    private static void assertRestricted(JsonNode container) {
        JsonNode security = container.path("securityContext");
        assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true));
        assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
        assertTrue(security.at("/capabilities/add").isMissingNode());
        assertFalse(security.has("privileged"));
        assertTrue(security.path("readOnlyRootFilesystem").asBoolean());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void hasNoTokenAndNoLinksToServices(Pod pod) {
        assertFalse(pod.spec().path("automountServiceAccountToken").asBoolean(true));
        assertFalse(pod.spec().path("enableServiceLinks").asBoolean(true));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void asksForAndIsLimitedInProcessorTimeAndMemory(Pod pod) {
        for (JsonNode container : pod.containers()) {
            for (String resource : List.of("cpu", "memory")) {
                assertTrue(container.at("/resources/requests/" + resource).isTextual());
                assertTrue(container.at("/resources/limits/" + resource).isTextual());
            }
        }
        for (JsonNode volume : pod.spec().path("volumes")) {
            assertTrue(
                    !volume.has("emptyDir") || volume.at("/emptyDir/sizeLimit").isTextual(),
                    () -> volume + " may fill the node's disk");
        }
    }

    /** Images without a shell are possible, and no password is in a manifest. */
    @ParameterizedTest
    @MethodSource("pods")
    void startsTheImagesOwnProgramAndTakesSecretsByReference(Pod pod) {
        for (JsonNode container : pod.containers()) {
            assertFalse(container.has("command") || container.has("args"));
            assertFalse(container.toString().contains("\"exec\""));
            assertFalse(container.path("image").asText().endsWith(":latest"));
            for (JsonNode variable : container.path("env")) {
                String name = variable.path("name").asText();
                boolean secret = name.matches(".*(PASSWORD|TOKEN|USERNAME|_USER)");
                assertEquals(secret, variable.at("/valueFrom/secretKeyRef/name").isTextual(), name);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void mountsExactlyTheVolumesItHas(Pod pod) {
        List<String> volumes =
                Stream.concat(
                                Manifests.list(pod.spec().path("volumes")).stream(),
                                claims(pod).stream())
                        .map(
                                volume ->
                                        volume.path("name")
                                                .asText(volume.at("/metadata/name").asText()))
                        .sorted()
                        .toList();
        List<String> mounted =
                Manifests.list(pod.container().path("volumeMounts")).stream()
                        .map(mount -> mount.path("name").asText())
                        .sorted()
                        .toList();
        assertEquals(volumes, mounted);
    }

    private static List<JsonNode> claims(Pod pod) {
        return pod.beside().objects().stream()
                .filter(object -> Manifests.title(object).equals(pod.owner()))
                .flatMap(object -> Manifests.list(object.at("/spec/volumeClaimTemplates")).stream())
                .toList();
    }
}
