package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Decides what is done to which file, by what the file really is: one job for each kind.
 *
 * @param submissions bodies of {@code POST /v1/jobs}
 */
record Plan(List<JsonNode> submissions) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Plan {
        submissions = List.copyOf(submissions);
    }

    /**
     * @param files as the API described them after their upload
     * @param available names of the operations that can run now
     */
    static Plan of(List<JsonNode> files, Set<String> available) {
        Map<Kind, List<JsonNode>> byKind = new LinkedHashMap<>();
        for (JsonNode file : files) {
            byKind.computeIfAbsent(Kind.of(file), _ -> new ArrayList<>()).add(file);
        }
        return new Plan(
                byKind.entrySet().stream()
                        .map(entry -> submission(entry.getKey(), entry.getValue(), available))
                        .toList());
    }

    private static JsonNode submission(Kind kind, List<JsonNode> files, Set<String> available) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode ids = body.putArray("files");
        files.forEach(file -> ids.add(file.path("id").asText()));
        ArrayNode steps = body.putArray("steps");
        steps.addObject().put("operation", "inspect");
        ObjectNode scan = steps.addObject().put("operation", "virus-scan");
        scan.putObject("parameters").put("onInfected", "fail");
        kind.operations().stream()
                .filter(available::contains)
                .forEach(operation -> addAfterScan(steps, operation));
        body.putObject("labels").put("demo", kind.name().toLowerCase(Locale.ROOT));
        return body;
    }

    private static void addAfterScan(ArrayNode steps, String operation) {
        ObjectNode step = steps.addObject().put("operation", operation);
        step.putArray("needs").add("virus-scan");
        if (operation.equals("ocr")) {
            step.putObject("parameters").put("pdf", true);
        } else if (operation.equals("thumbnail")) {
            ArrayNode sizes = step.putObject("parameters").putArray("sizes");
            sizes.addObject().put("width", 160).put("height", 160).put("fit", "cover");
            sizes.addObject().put("width", 640).put("height", 640).put("fit", "inside");
        }
    }

    /** What a file can be good for. */
    private enum Kind {
        PICTURE,
        SCAN,
        TEXT;

        static Kind of(JsonNode file) {
            if (!file.path("mediaType").asText().startsWith("image/")) {
                return TEXT;
            }
            return file.path("name").asText().startsWith("scan") ? SCAN : PICTURE;
        }

        List<String> operations() {
            return switch (this) {
                case PICTURE -> List.of("thumbnail");
                case SCAN -> List.of("thumbnail", "ocr");
                case TEXT -> List.of("extract-text");
            };
        }
    }
}
