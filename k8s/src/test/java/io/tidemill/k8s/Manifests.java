package io.tidemill.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Objects of Kubernetes, as somebody would apply them. */
record Manifests(List<JsonNode> objects) {
    /** The folder {@code k8s} of this project. */
    static final Path FOLDER = Path.of("").toAbsolutePath();

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    Manifests {
        objects = List.copyOf(objects);
    }

    static Manifests parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return new Manifests(
                    documents.readAll().stream().filter(document -> !document.isEmpty()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that the folder's kustomization names itself, as they are. */
    static Manifests folder(String name) {
        Path folder = FOLDER.resolve(name);
        List<JsonNode> objects =
                list(file(folder.resolve("kustomization.yaml")).path("resources")).stream()
                        .map(JsonNode::asText)
                        .filter(resource -> resource.endsWith(".yaml"))
                        .flatMap(resource -> parse(text(folder.resolve(resource))).objects.stream())
                        .toList();
        return new Manifests(objects);
    }

    static JsonNode file(Path file) {
        return parse(text(file)).objects.getFirst();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    /** Such as {@code Deployment jobs-api}. */
    static String title(JsonNode object) {
        return kind(object) + " " + name(object);
    }

    List<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> kind(object).equals(kind)).toList();
    }

    JsonNode get(String kind, String name) {
        return ofKind(kind).stream()
                .filter(object -> name(object).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    /** Everything pods are made of. */
    List<Pod> pods() {
        return objects.stream().flatMap(this::pod).toList();
    }

    Pod pod(String kind, String name) {
        return pod(get(kind, name)).findFirst().orElseThrow();
    }

    private Stream<Pod> pod(JsonNode object) {
        return Stream.of("", "/spec/template", "/spec/jobTargetRef/template")
                .map(object::at)
                .filter(template -> template.at("/spec/containers").isArray())
                .map(template -> new Pod(title(object), template, this));
    }
}
