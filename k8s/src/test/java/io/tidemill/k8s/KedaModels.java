package io.tidemill.k8s;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.contract.testing.NodeScripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Models made of KEDA's API types, of which its CRDs are made too; they come from the npm registry.
 */
final class KedaModels {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NodeScripts SCRIPTS =
            new NodeScripts(Manifests.FOLDER.resolve("keda-models"));

    private KedaModels() {}

    /** Whether the tools they need are on this machine. */
    static boolean possible() {
        return NodeScripts.possible();
    }

    /** What is wrong with each of some objects of {@code keda.sh/v1alpha1}, in their order. */
    static List<List<String>> breaches(List<JsonNode> objects) throws IOException {
        Path folder = Files.createTempDirectory("keda-models");
        Path input = folder.resolve("objects.json");
        Path output = folder.resolve("breaches.json");
        try {
            JSON.writeValue(input.toFile(), objects);
            SCRIPTS.run("check", input.toString(), output.toString());
            return JSON.readValue(output.toFile(), new TypeReference<>() {});
        } finally {
            Files.deleteIfExists(input);
            Files.deleteIfExists(output);
            Files.delete(folder);
        }
    }
}
