package io.tidemill.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bill of materials of one service, as the build made it. */
record Sbom(Path file, List<Component> components) {
    private static final Pattern MAVEN =
            Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+)(?:\\?(.*))?");
    private static final Pattern CLASSIFIER = Pattern.compile("classifier=([^&]+)");

    /**
     * One jar.
     *
     * @param jar its name among the jars of the service
     * @param licences SPDX identifiers, or names where there is none; any one of them may be chosen
     */
    record Component(
            String group,
            String name,
            String version,
            String jar,
            String sha256,
            List<String> licences) {}

    static Sbom of(String module) throws IOException {
        Path file = Tidemill.HOME.resolve(module).resolve("target").resolve("sbom.json");
        List<Component> components = new ArrayList<>();
        for (JsonNode component : new ObjectMapper().readTree(file.toFile()).path("components")) {
            components.add(component(component));
        }
        return new Sbom(file, components);
    }

    private static Component component(JsonNode json) {
        Matcher purl = MAVEN.matcher(json.path("purl").asText());
        if (!purl.matches()) {
            throw new IllegalStateException("not a jar of Maven: " + json.path("bom-ref"));
        }
        Matcher classifier = CLASSIFIER.matcher(purl.group(4) == null ? "" : purl.group(4));
        String jar =
                purl.group(1)
                        + "."
                        + purl.group(2)
                        + "-"
                        + purl.group(3)
                        + (classifier.find() ? "-" + classifier.group(1) : "")
                        + ".jar";
        return new Component(
                purl.group(1), purl.group(2), purl.group(3), jar, sha256(json), licences(json));
    }

    private static String sha256(JsonNode json) {
        for (JsonNode hash : json.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        return "";
    }

    private static List<String> licences(JsonNode json) {
        List<String> found = new ArrayList<>();
        for (JsonNode choice : json.path("licenses")) {
            JsonNode licence = choice.path("license");
            found.add(licence.path("id").asText(licence.path("name").asText()));
        }
        return found;
    }
}
