package io.tidemill.processor.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.tidemill.processor.engine.embedded.EmbeddedEngines;
import io.tidemill.processor.engine.embedded.HostRequest;
import io.tidemill.processor.tool.Eventually;
import io.tidemill.processor.tool.Living;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class EngineHostsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void aHostOutOfMemoryIsReportedAndReplaced() throws Exception {
        try (EngineHosts hosts = hosts(HostCommand.ofThisProgram(), 24, 100)) {
            HostAnswer large = hosts.ask(thumbnailOf(4_000), LONG, (_, _) -> {});
            assertEquals("OUT_OF_MEMORY", code(large));
            HostAnswer small = hosts.ask(thumbnailOf(100), LONG, (_, _) -> {});
            assertInstanceOf(HostAnswer.Result.class, small);
        }
    }

    @Test
    void aHostServesSeveralFilesAndIsRenewedAfterItsShare() throws Exception {
        String mark = mark();
        try (EngineHosts hosts = hosts(marked(mark), 64, 2)) {
            List<List<Long>> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                hosts.ask(text("hello"), LONG, (_, _) -> {});
                seen.add(Living.withArgument(mark));
            }
            assertEquals(1, seen.get(0).size());
            assertEquals(List.of(), seen.get(1));
            assertNotEquals(seen.get(0), seen.get(2));
        }
        assertEquals(List.of(), Living.withArgument(mark));
    }

    @Test
    void anAnswerThatTakesTooLongIsATimeOut() throws Exception {
        String mark = mark();
        try (EngineHosts hosts = hosts(sleepy(mark), 32, 100)) {
            HostAnswer answer = hosts.ask(text("x"), Duration.ofSeconds(1), (_, _) -> {});
            assertEquals("TIMEOUT", code(answer));
            assertEquals(List.of(), Living.withArgument(mark));
        }
    }

    @Test
    void anInterruptKillsTheHostAndWhatItStarted() throws Exception {
        String mark = mark();
        try (EngineHosts hosts = hosts(sleepy(mark), 32, 100)) {
            CompletableFuture<List<Long>> leftAtReturn = new CompletableFuture<>();
            HostRequest request = text("x");
            Thread caller =
                    Thread.startVirtualThread(() -> ask(hosts, request, mark, leftAtReturn));
            Eventually.holds("host and child run", LONG, () -> sleeps(mark));
            caller.interrupt();
            assertEquals(List.of(), leftAtReturn.get(5, TimeUnit.SECONDS));
        }
    }

    private static void ask(
            EngineHosts hosts,
            HostRequest request,
            String mark,
            CompletableFuture<List<Long>> leftAtReturn) {
        try {
            hosts.ask(request, LONG, (_, _) -> {});
            leftAtReturn.completeExceptionally(new AssertionError("it answered"));
        } catch (InterruptedException _) {
            leftAtReturn.complete(Living.withArgument(mark));
        } catch (IOException e) {
            leftAtReturn.completeExceptionally(e);
        }
    }

    private static boolean sleeps(String mark) {
        return Living.withArgument(mark).size() == 2;
    }

    @Test
    void aHostThatCannotStartIsACrash() throws Exception {
        String java = HostCommand.ofThisProgram().getFirst();
        try (EngineHosts hosts = hosts(List.of(java, "-cp", "none", "None"), 32, 100)) {
            assertEquals("ENGINE_CRASHED", code(hosts.ask(text("x"), LONG, (_, _) -> {})));
        }
    }

    @Test
    void thePackagedProgramIsStartedWithTheEngineHostArgument() {
        String classPath = System.getProperty("java.class.path");
        System.setProperty("java.class.path", "/opt/app/quarkus-run.jar");
        try {
            List<String> command = HostCommand.ofThisProgram();
            assertEquals(
                    List.of("-jar", "/opt/app/quarkus-run.jar", "engine-host"),
                    command.subList(1, command.size()));
        } finally {
            System.setProperty("java.class.path", classPath);
        }
    }

    private static String code(HostAnswer answer) {
        return assertInstanceOf(HostAnswer.Refusal.class, answer).failure().code();
    }

    private HostRequest text(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("in"), text);
        return new HostRequest(
                EmbeddedEngines.PLAIN_TEXT,
                file,
                folder,
                Map.of("output", "out", "maxCharacters", 100));
    }

    private HostRequest thumbnailOf(int side) throws IOException {
        Path file = folder.resolve("in-" + side);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", file.toFile());
        Map<String, Object> size = Map.of("width", side, "height", side, "file", "out.png");
        return new HostRequest(
                EmbeddedEngines.THUMBNAILS,
                file,
                folder,
                Map.of("mediaType", "image/png", "format", "png", "sizes", List.of(size)));
    }

    private static EngineHosts hosts(List<String> command, int heap, int filesPerHost) {
        return new EngineHosts(new HostSettings(command, 1, heap, filesPerHost, LONG));
    }

    private static List<String> marked(String mark) {
        List<String> command = new ArrayList<>(HostCommand.ofThisProgram());
        command.add(mark);
        return command;
    }

    private static List<String> sleepy(String mark) {
        String java = HostCommand.ofThisProgram().getFirst();
        String classPath = System.getProperty("java.class.path");
        return List.of(java, "-cp", classPath, SleepyHost.class.getName(), mark);
    }

    private static String mark() {
        return Long.toString(1_000_000_000L + System.nanoTime() % 1_000_000_000L);
    }
}
