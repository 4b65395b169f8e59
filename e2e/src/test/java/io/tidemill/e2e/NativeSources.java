package io.tidemill.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.bootstrap.BootstrapException;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** All that the compiler of native images would be given for a service. */
final class NativeSources {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String METADATA = "reachability-metadata.json";
    private static final String RUNNER = "-runner.jar";
    private final Path folder;

    private NativeSources(Path folder) {
        this.folder = folder;
    }

    /**
     * Does what Quarkus does before it calls the compiler.
     *
     * @param service the module
     * @param target where to; the module's own output is left alone
     */
    static NativeSources of(String service, Path target) throws BootstrapException {
        Path module = Tidemill.HOME.resolve(service);
        Properties settings = new Properties();
        settings.setProperty("quarkus.native.enabled", "true");
        settings.setProperty("quarkus.native.sources-only", "true");
        settings.setProperty("quarkus.package.jar.enabled", "false");
        try (CuratedApplication application =
                QuarkusBootstrap.builder()
                        .setProjectRoot(module)
                        .setApplicationRoot(module.resolve("target").resolve("classes"))
                        .setTargetDirectory(target)
                        .setBaseClassLoader(NativeSources.class.getClassLoader())
                        .setBuildSystemProperties(settings)
                        .setBaseName(service)
                        .setMode(QuarkusBootstrap.Mode.PROD)
                        .setLocalProjectDiscovery(true)
                        .setIsolateDeployment(true)
                        .build()
                        .bootstrap()) {
            application.createAugmentor().createProductionApplication();
        }
        return new NativeSources(target.resolve("native-sources"));
    }

    /** What the compiler is told, without what only the JVM it runs on is told. */
    List<String> arguments() throws IOException {
        String all = Files.readString(folder.resolve("native-image.args"));
        return Stream.of(all.split("\\s+")).filter(word -> !word.startsWith("-J")).toList();
    }

    /** Names of all classes whose fields, methods and constructors are found by reflection. */
    Set<String> reflective() throws IOException {
        JsonNode ofTheService = read(jar(RUNNER), "reflect-config.json");
        JsonNode ofTheContract =
                read(jar("job-contract"), "io.tidemill/job-contract/" + METADATA)
                        .path("reflection");
        return Stream.concat(elements(ofTheService), elements(ofTheContract))
                .filter(entry -> entry.path("allDeclaredFields").asBoolean())
                .filter(entry -> entry.path("allDeclaredMethods").asBoolean())
                .filter(entry -> entry.path("allDeclaredConstructors").asBoolean())
                .map(entry -> entry.path("name").asText() + entry.path("type").asText())
                .collect(Collectors.toSet());
    }

    /** Whether a resource goes into the image. */
    boolean includes(String resource) throws IOException {
        return elements(read(jar(RUNNER), "resource-config.json").at("/resources/includes"))
                .map(entry -> entry.path("pattern").asText())
                .anyMatch(pattern -> Pattern.matches(pattern, resource));
    }

    /** Interfaces for which proxies are made. */
    JsonNode proxies() throws IOException {
        return read(jar(RUNNER), "proxy-config.json");
    }

    /** How many native functions the service's own code may call. */
    int foreignFunctions() throws IOException {
        return read(jar(RUNNER), "io.tidemill/file-processor/" + METADATA)
                .at("/foreign/downcalls")
                .size();
    }

    private static JsonNode read(Path file, String name) throws IOException {
        try (JarFile jar = new JarFile(file.toFile());
                InputStream entry =
                        jar.getInputStream(jar.getEntry("META-INF/native-image/" + name))) {
            return JSON.readTree(entry);
        }
    }

    private Path jar(String part) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
