package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.bootstrap.BootstrapException;
import io.tidemill.contract.RunTasks;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.testing.CompiledClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services stay ready to be compiled to native executables. */
class NativeSourcesIT {
    /** What Quarkus says for each program, by the part before its value. */
    private static final Set<String> USUAL =
            Set.of(
                    "-H:+UnlockExperimentalVMOptions",
                    "-H:-UnlockExperimentalVMOptions",
                    "-H:+AllowFoldMethods",
                    "-H:+GenerateBuildArtifactsFile",
                    "-H:+ReportExceptionStackTraces",
                    "-H:-AddAllCharsets",
                    "-H:-UseServiceLoaderFeature",
                    "-H:BuildOutputJSONFile",
                    "-H:IncludeLocales",
                    "--enable-monitoring",
                    "--enable-native-access",
                    "--enable-url-protocols",
                    "--exclude-config",
                    "--features",
                    "--link-at-build-time",
                    "--no-fallback");

    @TempDir static Path folder;
    private static NativeSources api;
    private static NativeSources processor;

    @BeforeAll
    static void prepareBoth() throws BootstrapException {
        api = NativeSources.of("jobs-api", folder.resolve("jobs-api"));
        processor = NativeSources.of("file-processor", folder.resolve("file-processor"));
    }

    @Test
    void theCompilerIsToldHardlyMoreThanForAnyProgram() throws IOException {
        assertEquals(List.of(), ours(api));
        assertEquals(
                List.of("--initialize-at-run-time=io.tidemill.processor.tool"), ours(processor));
    }

    @Test
    void whatIsSentAndAnsweredIsFoundByReflection() throws IOException {
        assertEquals(Set.of(), missing(api, "io.tidemill.api.dto", "io.tidemill.contract"));
        assertEquals(Set.of(), missing(processor, "io.tidemill.contract"));
    }

    @Test
    void whatIsReadFromTheClassPathGoesIntoTheImage() throws IOException {
        for (String resource :
                List.of(
                        "META-INF/openapi.yaml",
                        "io/tidemill/api/pipelines.json",
                        "io/tidemill/contract/operation/inspect.json",
                        "db/migration/V1__tables.sql")) {
            assertTrue(api.includes(resource), resource);
        }
        assertTrue(processor.includes("io/tidemill/contract/operation/inspect.json"));
    }

    @Test
    void theOneNativeFunctionIsKnown() throws IOException {
        assertEquals(1, processor.foreignFunctions());
    }

    @Test
    void nothingIsProxied() throws IOException {
        assertTrue(api.proxies().isEmpty(), api.proxies().toString());
        assertTrue(processor.proxies().isEmpty(), processor.proxies().toString());
    }

    private static List<String> ours(NativeSources sources) throws IOException {
        return sources.arguments().stream()
                .filter(word -> word.startsWith("-") && !word.equals("-jar"))
                .filter(word -> !USUAL.contains(word.split("=", 2)[0]))
                .toList();
    }

    private static Set<String> missing(NativeSources sources, String... packages)
            throws IOException {
        Set<String> records =
                Stream.of(packages)
                        .flatMap(one -> CompiledClasses.of(one).records(one).stream())
                        .map(Class::getName)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(records.size() > 5, records.toString());
        if (records.contains(RunTasks.class.getName())) {
            records.addAll(events(TaskEvent.class).map(Class::getName).toList());
        }
        records.removeAll(sources.reflective());
        return records;
    }

    private static Stream<Class<?>> events(Class<?> type) {
        Class<?>[] permitted = type.getPermittedSubclasses();
        return permitted == null
                ? Stream.of(type)
                : Stream.of(permitted).flatMap(NativeSourcesIT::events);
    }
}
