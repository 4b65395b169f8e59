package io.tidemill.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the project ships for those who watch it: alerts, a dashboard and the list of metrics. */
final class Observability {
    private static final Path FOLDER = Tidemill.HOME.resolve("k8s").resolve("observability");
    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| `(tidemill\\.[a-z0-9._]+)` \\|[^|]*\\|[^|]*\\|([^|]*)\\|",
                    Pattern.MULTILINE);

    private Observability() {}

    /** Every rule, recording and alerting ones. */
    static List<JsonNode> rules() {
        JsonNode file = read(new ObjectMapper(new YAMLFactory()), "prometheusrule.yaml");
        return file.findValues("rules").stream()
                .flatMap(rules -> Api.list(rules).stream())
                .toList();
    }

    static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    static JsonNode dashboard() {
        return read(new ObjectMapper(), "dashboard.json");
    }

    /** Every expression, by where it stands. */
    static Map<String, PromQl> expressions() {
        Map<String, PromQl> all = new LinkedHashMap<>();
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText() + rule.path("record").asText();
            all.put(name, PromQl.of(rule.path("expr").asText()));
        }
        for (JsonNode panel : dashboard().path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String name = panel.path("title").asText() + " " + target.path("refId").asText();
                all.put(name, PromQl.of(target.path("expr").asText()));
            }
        }
        return all;
    }

    /** The metrics in {@code docs/telemetry.md}, with their attributes. */
    static Map<String, Set<String>> documented() {
        Map<String, Set<String>> metrics = new LinkedHashMap<>();
        Matcher row = ROW.matcher(text(Tidemill.HOME.resolve("docs").resolve("telemetry.md")));
        while (row.find()) {
            Set<String> attributes =
                    Arrays.stream(row.group(2).split(","))
                            .map(attribute -> attribute.replace("`", "").strip())
                            .filter(attribute -> !attribute.isEmpty())
                            .collect(Collectors.toSet());
            metrics.put(row.group(1), attributes);
        }
        return metrics;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(ObjectMapper mapper, String name) {
        try {
            return mapper.readTree(text(FOLDER.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
