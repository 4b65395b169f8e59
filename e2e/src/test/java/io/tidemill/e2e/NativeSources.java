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
        return elements(read("reflect-config.json"))
                .filter(entry -> entry.path("allDeclaredFields").asBoolean())
                .filter(entry -> entry.path("allDeclaredMethods").asBoolean())
                .filter(entry -> entry.path("allDeclaredConstructors").asBoolean())
                .map(entry -> entry.path("name").asText())
                .collect(Collectors.toSet());
    }

    /** Whether a resource goes into the image. */
    boolean includes(String resource) throws IOException {
        return elements(read("resource-config.json").at("/resources/includes"))
                .map(entry -> entry.path("pattern").asText())
                .anyMatch(pattern -> Pattern.matches(pattern, resource));
    }

    /** Interfaces for which proxies are made. */
    JsonNode proxies() throws IOException {
        return read("proxy-config.json");
    }

    boolean hasEntry(String name) throws IOException {
        try (JarFile jar = jar()) {
            return jar.getEntry(name) != null;
        }
    }

    private JsonNode read(String name) throws IOException {
        try (JarFile jar = jar();
                InputStream file =
                        jar.getInputStream(jar.getEntry("META-INF/native-image/" + name))) {
            return JSON.readTree(file);
        }
    }

    private JarFile jar() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new JarFile(
                    files.filter(file -> file.toString().endsWith("-runner.jar"))
                            .findFirst()
                            .orElseThrow()
                            .toFile());
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
