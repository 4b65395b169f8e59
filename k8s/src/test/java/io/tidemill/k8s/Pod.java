package io.tidemill.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pod as its owner describes it.
 *
 * @param owner such as {@code Deployment jobs-api}
 * @param template with {@code metadata} and {@code spec}
 * @param beside where its ConfigMaps are
 */
record Pod(String owner, JsonNode template, Manifests beside) {

    JsonNode spec() {
        return template.path("spec");
    }

    List<JsonNode> containers() {
        return Stream.of("containers", "initContainers")
                .flatMap(kind -> Manifests.list(spec().path(kind)).stream())
                .toList();
    }

    JsonNode container() {
        return spec().path("containers").path(0);
    }

    String image() {
        return container().path("image").asText();
    }

    Map<String, String> labels() {
        return strings(template.at("/metadata/labels"));
    }

    /** What the process finds, ConfigMaps resolved; a value from a Secret is {@code SECRET/KEY}. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode source : container().path("envFrom")) {
            String map = source.at("/configMapRef/name").asText();
            environment.putAll(strings(beside.get("ConfigMap", map).path("data")));
        }
        for (JsonNode variable : container().path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            environment.put(
                    variable.path("name").asText(),
                    secret.isMissingNode()
                            ? variable.path("value").asText()
                            : secret.path("name").asText() + "/" + secret.path("key").asText());
        }
        return environment;
    }

    List<String> mountPaths() {
        return Manifests.list(container().path("volumeMounts")).stream()
                .map(mount -> mount.path("mountPath").asText())
                .toList();
    }

    private static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
        return strings;
    }
}
