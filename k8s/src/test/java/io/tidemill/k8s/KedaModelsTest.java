package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Whether KEDA's own definitions take every object of KEDA. Skipped without Node.js. */
@EnabledIf(
        value = "io.tidemill.k8s.KedaModels#possible",
        disabledReason = "there is no Node.js on the PATH: KEDA's own models were not asked")
class KedaModelsTest {
    /** Each turns a good object into one that is refused, by its file. */
    private static final List<String> MISTYPED =
            List.of(
                    "keda/standard.yaml|cooldownPeriod|coolDownPeriod",
                    "keda/standard.yaml|queueLength: \"2\"|queueLength: 2",
                    "keda/standard.yaml|minReplicaCount: 0|minReplicaCount: \"0\"",
                    "keda/standard.yaml|currentReplicasIfHigher|currentReplicasIfMore",
                    "keda/standard.yaml|stabilizationWindowSeconds|stabilisationWindowSeconds",
                    "keda/standard.yaml|authenticationRef|authenticationReference",
                    "keda/standard.yaml|scaleTargetRef:|scaleTarget:",
                    "keda/authentication.yaml|secretTargetRef|secretTarget",
                    "keda/authentication.yaml|parameter: username|parameter: 1",
                    "scaledjob/standard.yaml|rollout:|rollOut:",
                    "scaledjob/standard.yaml|readinessProbe|readyProbe",
                    "scaledjob/standard.yaml|backoffLimit: 0|backoffLimit: none");

    @Test
    void everyObjectOfKedaIsOneKedaTakes() throws IOException {
        List<JsonNode> objects = Shipped.everything().flatMap(s -> kedas(s.objects())).toList();
        assertEquals(
                List.of("ScaledJob", "ScaledObject", "TriggerAuthentication"),
                objects.stream().map(Manifests::kind).distinct().sorted().toList());

        List<List<String>> breaches = KedaModels.breaches(objects);

        assertEquals(objects.stream().map(_ -> List.of()).toList(), breaches);
    }

    @Test
    void whatIsMistypedIsRefused() throws IOException {
        List<JsonNode> bad = new ArrayList<>();
        for (String change : MISTYPED) {
            String[] words = change.split("\\|", 3);
            String good = Manifests.text(Manifests.FOLDER.resolve(words[0]));
            assertTrue(good.contains(words[1]), change);
            bad.add(
                    kedas(Manifests.parse(good.replace(words[1], words[2])))
                            .findFirst()
                            .orElseThrow());
        }

        List<List<String>> breaches = KedaModels.breaches(bad);

        assertEquals(MISTYPED.size(), breaches.size());
        for (int i = 0; i < MISTYPED.size(); i++) {
            assertTrue(!breaches.get(i).isEmpty(), MISTYPED.get(i));
        }
    }

    private static Stream<JsonNode> kedas(Manifests manifests) {
        return manifests.objects().stream()
                .filter(object -> object.path("apiVersion").asText().equals("keda.sh/v1alpha1"));
    }
}
