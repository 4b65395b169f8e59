package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.contract.testing.Settings;
import io.tidemill.processor.config.ProcessorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What pods are told exists in the applications: a mistyped variable would be ignored in silence.
 */
class ApplicationFactsTest {
    private static final String MODEL = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)");

    /** Read by the two programs under names that are not Quarkus's or ours alone. */
    private static final Set<String> BROKER =
            Set.of("AMQP_HOST", "AMQP_PORT", "AMQP_USERNAME", "AMQP_PASSWORD");

    private static final Set<String> QUARKUS = ofQuarkus();
    private static final Set<String> API = of(ApiConfig.class, "jobs-api");
    private static final Set<String> PROCESSOR = of(ProcessorConfig.class, "file-processor");

    static Stream<Pod> pods() {
        return Shipped.whole()
                .flatMap(shipped -> shipped.objects().pods().stream())
                .filter(pod -> pod.image().contains("/tidemill/"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyVariableIsReadByTheApplication(Pod pod) {
        Set<String> known = pod.image().contains("/jobs-api:") ? API : PROCESSOR;
        List<String> unknown =
                pod.environment().keySet().stream()
                        .filter(key -> !known.contains(key) && !QUARKUS.contains(key))
                        .toList();
        assertEquals(List.of(), unknown, pod.owner());
    }

    @Test
    void aMistypedVariableWouldBeNoticed() {
        assertTrue(API.contains("TIDEMILL_SCALING_TOKEN"));
        assertTrue(
                !API.contains("TIDEMILL_WORKER_SLOTS")
                        && PROCESSOR.contains("TIDEMILL_WORKER_SLOTS"));
        assertTrue(QUARKUS.contains("QUARKUS_FLYWAY_IGNORE_MIGRATION_PATTERNS"));
        assertTrue(!QUARKUS.contains("QUARKUS_FLYWAY_IGNORE_MIGRATIONS"));
    }

    @ParameterizedTest
    @MethodSource("pods")
    void imagesAreThoseOfThisVersion(Pod pod) {
        String pom = Manifests.text(Manifests.FOLDER.resolve("pom.xml"));
        String version = pom.split("<version>", 3)[1].split("<", 2)[0];
        assertTrue(
                pod.image().matches("docker\\.io/tidemill/(jobs-api|file-processor):" + version),
                pod.image());
        assertEquals(10001, pod.spec().at("/securityContext/runAsUser").asInt());
    }

    /** What is written to is on a volume: everything else is read-only. */
    @ParameterizedTest
    @MethodSource("pods")
    void foldersItWritesToAreMounted(Pod pod) {
        List<String> paths = pod.mountPaths();
        assertTrue(paths.contains("/tmp"));
        if (!pod.labels().containsValue("migrate")) {
            assertTrue(paths.contains(pod.environment().get("TIDEMILL_STORAGE_ROOT")));
        }
        Optional.ofNullable(pod.environment().get("TIDEMILL_WORKSPACE_ROOT"))
                .ifPresent(root -> assertTrue(paths.contains(root)));
    }

    private static Set<String> of(Class<?> mapping, String module) {
        Stream<String> own =
                Settings.inCode(mapping, "tidemill", _ -> Optional.empty()).keySet().stream()
                        .map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
        String properties =
                Manifests.text(
                        Manifests.FOLDER.resolveSibling(
                                module + "/src/main/resources/application.properties"));
        Stream<String> named =
                VARIABLE.matcher(properties).results().map((MatchResult found) -> found.group(1));
        return Stream.of(own, named, BROKER.stream())
                .flatMap(keys -> keys)
                .collect(Collectors.toSet());
    }

    /** From the models of their settings that Quarkus's extensions bring along. */
    private static Set<String> ofQuarkus() {
        try {
            ObjectMapper json = new ObjectMapper();
            Set<String> variables = new HashSet<>(Set.of("QUARKUS_PROFILE"));
            for (URL model :
                    Collections.list(
                            ApplicationFactsTest.class.getClassLoader().getResources(MODEL))) {
                try (InputStream stream = model.openStream()) {
                    variables.addAll(json.readTree(stream).findValuesAsText("environmentVariable"));
                }
            }
            return Set.copyOf(variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
