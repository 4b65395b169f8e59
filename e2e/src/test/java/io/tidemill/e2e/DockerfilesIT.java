package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of images without building them. */
class DockerfilesIT {
    private static final Pattern FULL_VERSION = Pattern.compile(".+:[a-z-]*\\d+\\.\\d+[\\w.-]*");
    private static final Pattern SETTING = Pattern.compile("`([a-z][a-z0-9]*(?:[.-][a-z0-9]+)+)`");
    private static final Pattern ENVIRONMENT = Pattern.compile("([A-Z_]+)=(\\S+)");

    /** Not settings of Tidemill, and known to whoever reads them. */
    private static final Set<String> OTHER_VARIABLES =
            Set.of("LANG", "JAVA_HOME", "QUARKUS_HTTP_HOST");

    /** Brings what the processor fences its children in with. */
    private static final String SANDBOX = "util-linux";

    private static final List<String> SERVICES = List.of("jobs-api", "file-processor");

    static List<Dockerfile> files() throws IOException {
        return List.of(Dockerfile.read("Dockerfile.jvm"), Dockerfile.read("Dockerfile.native"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyBaseIsNamedByItsFullVersion(Dockerfile file) {
        Set<String> earlier = new HashSet<>(Set.of("scratch"));
        for (Dockerfile.Stage stage : file.stages()) {
            assertTrue(
                    earlier.contains(stage.base()) || FULL_VERSION.matcher(stage.base()).matches(),
                    stage.base());
            earlier.add(stage.name());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void bothServicesRunAsTheSameUserWhoIsNotRoot(Dockerfile file) {
        for (Dockerfile.Stage image : images(file)) {
            assertEquals("10001:10001", image.last("USER"), image.name());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noShellIsNeededToStartAndTheApiHasNone(Dockerfile file) throws IOException {
        for (Dockerfile.Stage image : images(file)) {
            List<String> command = words(image.last("ENTRYPOINT"));
            assertTrue(command.getFirst().startsWith("/opt/"), command.toString());
        }
        assertEquals("scratch", file.stage("jobs-api").orElseThrow().base());
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsCopiedFromTheProjectIsThereAndNotIgnored(Dockerfile file) throws IOException {
        List<String> sent = Files.readAllLines(Tidemill.HOME.resolve(".dockerignore"));
        for (Dockerfile.Stage stage : file.stages()) {
            for (Dockerfile.Instruction copy : copies(stage)) {
                if (copy.option("from").isEmpty()) {
                    for (String source : copy.sources()) {
                        assertTrue(Files.exists(built(source)), source);
                        assertTrue(sent.stream().anyMatch(line -> admits(line, source)), source);
                    }
                }
            }
        }
        assertTrue(sent.contains("*"), "what is not named is left out");
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsCopiedFromAStageWasMadeThere(Dockerfile file) {
        Set<String> earlier = new HashSet<>();
        for (Dockerfile.Stage stage : file.stages()) {
            for (Dockerfile.Instruction copy : copies(stage)) {
                copy.option("from")
                        .ifPresent(
                                from -> {
                                    assertTrue(earlier.contains(from), from);
                                    copy.sources().forEach(path -> assertMade(file, from, path));
                                });
            }
            earlier.add(stage.name());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theProcessorGetsThePackagesOfTheFullTierAndItsSandbox(Dockerfile file) {
        assertEquals("/build/engines.sh", file.stage("file-processor").orElseThrow().last("RUN"));
        String installing = Observability.text(Dockerfile.FOLDER.resolve("engines.sh"));
        assertEquals(engines(script()), engines(installing));
        assertTrue(installing.contains("\nsandbox=" + SANDBOX + "\n"), installing);
        assertTrue(installing.contains(" install -y --no-install-recommends $engines $sandbox\n"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyVariableIsASettingOfTheService(Dockerfile file) throws IOException {
        String document = Observability.text(Tidemill.HOME.resolve("docs/configuration.md"));
        Set<String> known =
                SETTING.matcher(document)
                        .results()
                        .map(match -> match.group(1).toUpperCase(Locale.ROOT))
                        .map(key -> key.replaceAll("[.-]", "_"))
                        .collect(Collectors.toCollection(HashSet::new));
        known.addAll(OTHER_VARIABLES);
        for (Dockerfile.Stage image : images(file)) {
            List<String> names = variables(image).map(match -> match.group(1)).toList();
            assertTrue(known.containsAll(names), names.toString());
            assertTrue(names.contains("TIDEMILL_STORAGE_ROOT"), names.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsWrittenToIsAVolumeBecauseTheRootIsReadOnly(Dockerfile file) throws IOException {
        for (Dockerfile.Stage image : images(file)) {
            Set<String> written = new HashSet<>(Set.of("/tmp"));
            variables(image)
                    .filter(match -> match.group(1).endsWith("_ROOT"))
                    .forEach(match -> written.add(match.group(2)));
            assertEquals(written, Set.copyOf(words(image.last("VOLUME"))), image.name());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void thePortIsThatOfTheService(Dockerfile file) throws IOException {
        for (Dockerfile.Stage image : images(file)) {
            Path settings =
                    Tidemill.HOME.resolve(
                            image.name() + "/src/main/resources/application.properties");
            String port =
                    Files.readAllLines(settings).stream()
                            .filter(line -> line.startsWith("quarkus.http.port="))
                            .map(line -> line.substring(line.indexOf('=') + 1))
                            .findFirst()
                            .orElse("8080");
            assertEquals(port, image.last("EXPOSE"), image.name());
        }
    }

    @Test
    void theCacheIsTakenWithTheOptionsItWasRecordedWith() throws IOException {
        Dockerfile file = Dockerfile.read("Dockerfile.jvm");
        for (String service : SERVICES) {
            Dockerfile.Stage training = file.stage("train-" + service).orElseThrow();
            Dockerfile.Stage image = file.stage(service).orElseThrow();
            assertTrue(training.last("RUN").contains(" java.options "), service);
            assertTrue(training.last("RUN").endsWith(" " + image.last("EXPOSE")), service);
            List<String> command = words(image.last("ENTRYPOINT"));
            assertTrue(command.contains("@java.options"), command.toString());
            assertTrue(command.contains("-XX:AOTCache=app.aot"), command.toString());
        }
    }

    @Test
    void withoutAnEngineTheCommandSaysInOneLineWhatIsMissing(@TempDir Path folder)
            throws IOException, InterruptedException {
        Files.createSymbolicLink(folder.resolve("dirname"), Path.of("/usr/bin/dirname"));
        ProcessBuilder command =
                new ProcessBuilder("/bin/sh", Tidemill.HOME.resolve("tidemill").toString(), "image")
                        .redirectErrorStream(true);
        command.environment().put("PATH", folder.toString());
        Process process = command.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue(), said);
        assertEquals(1, said.lines().count(), said);
        assertTrue(said.contains("docker or podman"), said);
    }

    private static List<Dockerfile.Stage> images(Dockerfile file) {
        return SERVICES.stream().map(name -> file.stage(name).orElseThrow()).toList();
    }

    private static List<Dockerfile.Instruction> copies(Dockerfile.Stage stage) {
        return stage.all("COPY").toList();
    }

    /**
     * Where it lies in a project that was built for its tests. The folders for images are made by
     * {@code ./tidemill image}: one has the parts of the usual one, the other is looked into by
     * {@link NativeSourcesIT}.
     */
    private static Path built(String source) {
        String usual = source.replaceAll("/target/(image|native-sources)/", "/target/quarkus-app/");
        return Tidemill.HOME.resolve(usual);
    }

    private static boolean admits(String line, String source) {
        String pattern = line.substring(Math.min(1, line.length())).replace("*", "[^/]*");
        return line.startsWith("!") && source.matches(pattern + "(/.*)?");
    }

    /** By the stage or one below it: copied there, or named by a command. */
    private static void assertMade(Dockerfile file, String stage, String path) {
        String wanted = path.replaceAll("/$", "");
        boolean made =
                file.lineage(file.stage(stage).orElseThrow()).stream()
                        .flatMap(one -> one.instructions().stream())
                        .anyMatch(instruction -> makes(instruction, wanted));
        assertTrue(made, stage + ": " + path);
    }

    private static boolean makes(Dockerfile.Instruction instruction, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return switch (instruction.keyword()) {
            case "RUN" -> makes(instruction.arguments(), path, name);
            case "COPY" ->
                    instruction.target().replaceAll("/$", "").equals(name)
                            || instruction.target().equals(path)
                            || instruction.sources().stream()
                                    .anyMatch(source -> source.endsWith("/" + name));
            default -> false;
        };
    }

    /** The command names the path or a folder above it, or its script names the file. */
    private static boolean makes(String command, String path, String name) {
        try (Stream<Path> scripts = Files.walk(Dockerfile.FOLDER)) {
            return Arrays.stream(command.split("\\s+"))
                            .filter(word -> word.startsWith("/"))
                            .anyMatch(word -> path.equals(word) || path.startsWith(word + "/"))
                    || scripts.filter(script -> script.toString().endsWith(".sh"))
                            .filter(script -> command.contains(script.getFileName().toString()))
                            .anyMatch(script -> Observability.text(script).contains(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> variables(Dockerfile.Stage stage) {
        return stage.all("ENV").flatMap(env -> ENVIRONMENT.matcher(env.arguments()).results());
    }

    private static List<String> words(String json) throws IOException {
        assertFalse(json.isEmpty());
        return List.of(new ObjectMapper().readValue(json, String[].class));
    }

    private static Set<String> engines(String script) {
        return Set.of(firstMatch("(?m)^engines='([^']*)'", script).split(" "));
    }

    private static String script() {
        return Observability.text(Tidemill.HOME.resolve("tidemill"));
    }

    private static String firstMatch(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }
}
