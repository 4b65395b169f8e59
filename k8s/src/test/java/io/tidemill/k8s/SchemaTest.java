package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every object has only fields that exist, with values of the right type. */
class SchemaTest {
    private final StrictSchema schema = new StrictSchema();

    static Stream<Shipped> everything() {
        return Shipped.everything();
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everyObjectIsOneTheApiServerWouldTake(Shipped shipped) {
        List<String> breaches =
                shipped.objects().objects().stream()
                        .flatMap(
                                object ->
                                        schema.breaches(object).stream()
                                                .map(
                                                        breach ->
                                                                Manifests.title(object)
                                                                        + ": "
                                                                        + breach))
                        .toList();
        assertEquals(List.of(), breaches);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void noObjectIsThereTwice(Shipped shipped) {
        List<String> titles =
                shipped.objects().objects().stream().map(Manifests::title).sorted().toList();
        assertFalse(titles.isEmpty());
        assertEquals(titles.stream().distinct().toList(), titles);
    }

    /** Each turns a good object into one that is refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "readinessProbe|readyProbe",
                "automountServiceAccountToken: false|automountServiceAcountToken: false",
                "\"2\"|2",
                "value: 300s|value: 300",
                "value: standard|value: true",
                "runAsUser: 10001|runAsUser: tidemill",
                "kind: PodDisruptionBudget|kind: PodDisruptionBudgets",
            })
    void whatIsMistypedIsRefused(String change) {
        assertRefused("base/file-processor.yaml", change);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cooldownPeriod|coolDownPeriod",
                "queueLength: \"2\"|queueLength: 2",
                "activationQueueLength|activationLength",
                "targetValue|target",
                "minReplicaCount: 0|minReplicaCount: \"0\"",
                "currentReplicasIfHigher|currentReplicasIfMore",
                "stabilizationWindowSeconds|stabilisationWindowSeconds",
                "authenticationRef|authenticationReference",
            })
    void whatIsMistypedForKedaIsRefused(String change) {
        assertRefused("keda/standard.yaml", change);
    }

    @Test
    void thePodOfAScaledJobIsHeldAgainstItsSchemaToo() {
        assertRefused("scaledjob/standard.yaml", "readinessProbe|readyProbe");
        assertRefused("scaledjob/standard.yaml", "value: \"1\"|value: 1");
    }

    @Test
    void anAnnotationIsAString() {
        JsonNode object =
                Manifests.parse(
                                """
                                apiVersion: v1
                                kind: ServiceAccount
                                metadata:
                                  name: a
                                  annotations:
                                    count: 1
                                """)
                        .objects()
                        .getFirst();
        assertEquals(1, schema.breaches(object).size());
    }

    private void assertRefused(String file, String change) {
        String good = Manifests.text(Manifests.FOLDER.resolve(file));
        String[] words = change.split("\\|", 2);
        assertTrue(good.contains(words[0]), () -> file + " has no " + words[0]);
        assertEquals(List.of(), breaches(good));
        assertFalse(breaches(good.replace(words[0], words[1])).isEmpty());
    }

    private List<String> breaches(String yaml) {
        return Manifests.parse(yaml).objects().stream()
                .flatMap(object -> schema.breaches(object).stream())
                .toList();
    }
}
