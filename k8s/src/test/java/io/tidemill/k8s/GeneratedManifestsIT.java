package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything Quarkus generated from the applications is in the manifests, with the same value. */
class GeneratedManifestsIT {
    /** What is not a fact about the application; the rest of a line says why. */
    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "annotations", "tell of the build",
                    "app.kubernetes.io/managed-by", "names the tool",
                    "KUBERNETES_NAMESPACE", "no program of ours reads it");

    private static final Set<String> NAMED = Set.of("containers", "ports", "env");

    @ParameterizedTest
    @CsvSource({"jobs-api, Deployment", "jobs-api, Service", "file-processor, Deployment"})
    void isInTheBase(String module, String kind) {
        Manifests generated =
                Manifests.parse(
                        Manifests.text(
                                Manifests.FOLDER.resolveSibling(
                                        module + "/target/kubernetes/kubernetes.yml")));
        JsonNode object = generated.ofKind(kind).getFirst();
        JsonNode base = Manifests.folder("base").get(kind, Manifests.name(object));
        List<String> missing = new ArrayList<>();
        compare("", object, base, missing);
        // KEDA decides how many processors there are.
        missing.remove("/spec/replicas is 1, not nothing");
        assertEquals(List.of(), missing);
    }

    private static void compare(
            String where, JsonNode generated, JsonNode base, List<String> missing) {
        if (generated.isObject()) {
            generated.properties().stream()
                    .filter(field -> !LEFT_OUT.containsKey(field.getKey()))
                    .forEach(
                            field -> {
                                String path = where + "/" + field.getKey();
                                JsonNode other = base.path(field.getKey());
                                if (NAMED.contains(field.getKey())) {
                                    compareNamed(path, field.getValue(), other, missing);
                                } else {
                                    compare(path, field.getValue(), other, missing);
                                }
                            });
        } else if (!generated.equals(base)) {
            String found = base.isMissingNode() ? "nothing" : base.asText();
            missing.add(where + " is " + generated.asText() + ", not " + found);
        }
    }

    /** Elements of a list, each found by its name. */
    private static void compareNamed(
            String where, JsonNode generated, JsonNode base, List<String> missing) {
        for (JsonNode element : generated) {
            String name = element.path("name").asText();
            if (!LEFT_OUT.containsKey(name)) {
                JsonNode other =
                        Manifests.list(base).stream()
                                .filter(candidate -> candidate.path("name").asText().equals(name))
                                .findFirst()
                                .orElse(base.path("none"));
                compare(where + "/" + name, element, other, missing);
            }
        }
    }
}
