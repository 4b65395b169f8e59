package io.tidemill.contract.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parsed contract: finds it, follows its references, lists its calls. */
final class ContractDocument {
    private static final String FILE = "openapi.yaml";
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final JsonNode root;
    private final List<ContractOperation> operations;

    ContractDocument(JsonNode root) {
        this.root = root;
        this.operations = operationsOf(root);
    }

    /** The one of this project: in this folder or one above it, else on the class path. */
    static ContractDocument find() {
        try (InputStream in = open()) {
            return new ContractDocument(new YAMLMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    static ContractDocument parse(String yaml) {
        try {
            return new ContractDocument(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("not YAML", e);
        }
    }

    private static InputStream open() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(FILE))) {
                return Files.newInputStream(folder.resolve(FILE));
            }
        }
        InputStream resource = ContractDocument.class.getResourceAsStream("/" + FILE);
        if (resource == null) {
            throw new IOException(FILE + " is neither in a folder above nor on the class path");
        }
        return resource;
    }

    JsonNode root() {
        return root;
    }

    List<ContractOperation> operations() {
        return operations;
    }

    /** {@code components/schemas}. */
    JsonNode schemas() {
        return root.at("/components/schemas");
    }

    /** The node itself, or what it refers to. */
    JsonNode resolve(JsonNode node) {
        JsonNode ref = node.path("$ref");
        if (!ref.isTextual()) {
            return node;
        }
        JsonNode target = root.at(ref.textValue().substring(1));
        if (target.isMissingNode()) {
            throw new IllegalArgumentException("the contract refers to nothing: " + ref);
        }
        return resolve(target);
    }

    /** The name of the component that a {@code $ref} names, absent when there is no reference. */
    static @Nullable String referredName(JsonNode node) {
        String ref = node.path("$ref").asText("");
        return ref.isEmpty() ? null : ref.substring(ref.lastIndexOf('/') + 1);
    }

    private static List<ContractOperation> operationsOf(JsonNode root) {
        List<ContractOperation> found = new ArrayList<>();
        root.path("paths")
                .forEachEntry(
                        (path, item) ->
                                item.forEachEntry(
                                        (method, node) -> {
                                            if (METHODS.contains(method)) {
                                                found.add(operation(method, path, node));
                                            }
                                        }));
        return List.copyOf(found);
    }

    private static ContractOperation operation(String method, String path, JsonNode node) {
        String id = node.path("operationId").asText("");
        return new ContractOperation(method.toUpperCase(Locale.ROOT), path, id, node);
    }
}
