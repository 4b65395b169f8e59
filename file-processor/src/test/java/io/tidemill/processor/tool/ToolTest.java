package io.tidemill.processor.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.contract.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ToolTest {
    private static final AtomicInteger UNIQUE = new AtomicInteger();
    private static final long MEBIBYTE = 1024 * 1024;
    private static final Limits LIMITS =
            new Limits(
                    Duration.ofSeconds(30), Duration.ofSeconds(20), 512 * MEBIBYTE, 8 * MEBIBYTE);

    @TempDir Path folder;

    @Test
    void outputAndExitCodeAreReported() throws Exception {
        ToolResult result = run(LIMITS, "echo out; echo problem >&2; exit 7");
        assertEquals("out\n", result.stdout());
        assertEquals("problem\n", result.stderr());
        assertEquals(7, result.exitCode());
        assertEquals(FailureCode.INVALID_INPUT, result.cause(FailureCode.INVALID_INPUT));
    }

    @Test
    void aProgramThatCannotBeStartedIsAMissingDependencyAndOneThatDiesIsACrash() throws Exception {
        for (int exitCode : new int[] {126, 127}) {
            assertEquals(
                    FailureCode.DEPENDENCY_UNAVAILABLE,
                    run(LIMITS, "exit " + exitCode).cause(FailureCode.INVALID_INPUT));
        }
        assertEquals(
                FailureCode.ENGINE_CRASHED,
                run(LIMITS, "kill -SEGV $$").cause(FailureCode.INVALID_INPUT));
    }

    @Test
    void itIsLookedAtWhileItRuns() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        Path enough = folder.resolve("enough");
        ToolResult result =
                Tool.run(
                        call(LIMITS, "until [ -e enough ]; do sleep 0.01; done"),
                        () -> {
                            if (looks.incrementAndGet() == 3) {
                                create(enough);
                            }
                        });
        assertTrue(result.succeeded());
        assertTrue(looks.get() >= 3);
    }

    private static void create(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void argumentsReachTheProgramUntouched() throws Exception {
        String nasty = "$(touch x); `id` \"'\n* \u202e";
        ToolResult result =
                Tool.run(
                        new ToolCall(
                                List.of(program("printf"), "%s", nasty), folder, Map.of(), LIMITS));
        assertEquals(nasty, result.stdout());
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void theEnvironmentHoldsNothingOfOurs() throws Exception {
        assertNotNull(System.getenv("HOME"), "the test needs something to hide");
        ToolResult result =
                Tool.run(
                        new ToolCall(
                                List.of(program("env")), folder, Map.of("GIVEN", "1"), LIMITS));
        assertEquals(
                List.of("GIVEN", "HOME", "LANG", "PATH", "TMPDIR"),
                result.stdout().lines().map(line -> line.split("=", 2)[0]).sorted().toList());
        assertTrue(result.stdout().contains("HOME=" + folder));
    }

    @Test
    void standardInputIsEmpty() throws Exception {
        assertEquals("0\n", run(LIMITS, "wc -c").stdout().stripLeading());
    }

    @Test
    void aFloodOfOutputIsReadButNotKept() throws Exception {
        ToolResult result = run(LIMITS, "echo first >&2; seq 1 2000000 >&2; echo last >&2");
        assertTrue(result.succeeded());
        assertTrue(result.stderr().startsWith("first\n1\n"));
        assertTrue(result.stderr().endsWith("2000000\nlast\n"));
        assertTrue(result.stderr().length() < 2 * BoundedOutput.KEPT_AT_EACH_END + 100);
    }

    @Test
    void whenTimeIsOverTheWholeGroupDies() throws Exception {
        String mark = mark();
        Limits brief = LIMITS.within(Duration.ofMillis(500));
        ToolResult result = run(brief, "sleep %s & sleep %s; true".formatted(mark, mark));
        assertTrue(result.timedOut());
        assertEquals(FailureCode.TIMEOUT, result.cause(FailureCode.INVALID_INPUT));
        assertEquals(List.of(), Living.withArgument(mark));
    }

    @Test
    void whatAProgramLeavesBehindDiesWithIt() throws Exception {
        String mark = mark();
        assertTrue(run(LIMITS, "sleep %s & exit 0".formatted(mark)).succeeded());
        assertEquals(List.of(), Living.withArgument(mark));
    }

    @Test
    void anInterruptKillsTheGroupBeforeTheCallReturns() throws Exception {
        String mark = mark();
        CompletableFuture<List<Long>> leftAtReturn = new CompletableFuture<>();
        Thread caller =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                run(LIMITS, "sleep %s & sleep %s; true".formatted(mark, mark));
                                leftAtReturn.completeExceptionally(new AssertionError("it ended"));
                            } catch (InterruptedException _) {
                                leftAtReturn.complete(Living.withArgument(mark));
                            } catch (IOException e) {
                                leftAtReturn.completeExceptionally(e);
                            }
                        });
        Eventually.holds(
                "both sleepers run",
                Duration.ofSeconds(20),
                () -> Living.withArgument(mark).size() == 2);
        caller.interrupt();
        assertEquals(List.of(), leftAtReturn.get(5, TimeUnit.SECONDS));
    }

    @Test
    void aProgramDiesSoonAfterItsProcessorWasKilled() throws Exception {
        String mark = mark();
        Path log = folder.resolve("processor.log");
        Process processor = processor(mark, log);
        try {
            Eventually.holds(
                    () -> "the sleeper runs; " + account(processor, log),
                    Duration.ofSeconds(60),
                    () -> sleeps(mark) || !processor.isAlive());
            assertTrue(sleeps(mark), () -> "it ended before; " + account(processor, log));
        } finally {
            processor.destroyForcibly();
        }
        Eventually.holds(
                "the sleeper is gone",
                Duration.ofSeconds(10),
                () -> Living.withArgument("600." + mark).isEmpty());
    }

    private Process processor(String mark, Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ToolTest.class.getName(),
                        folder.toString(),
                        mark)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Exactly that: the programs that become it are not yet tied to the processor's life. */
    private static boolean sleeps(String mark) {
        return Living.withCommand(List.of(program("sleep"), "600." + mark)).size() == 1;
    }

    /** What there is to know about a processor that does not do what it should. */
    private static String account(Process processor, Path log) {
        try {
            String state = processor.isAlive() ? "alive" : "exit code " + processor.exitValue();
            return "the processor: %s, children %s, it said: %s"
                    .formatted(
                            state,
                            processor.descendants().map(ProcessHandle::info).toList(),
                            Files.readString(log));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    /** A processor that runs a program for ten minutes, and tells when that ends before. */
    public static void main(String[] args) throws Exception {
        Limits limits =
                new Limits(Duration.ofMinutes(10), Duration.ofSeconds(9), MEBIBYTE * 64, MEBIBYTE);
        List<String> command = List.of(program("sleep"), "600." + args[1]);
        System.out.println(Isolation.level());
        System.out.println(
                Tool.run(new ToolCall(command, Path.of(args[0]), Map.of(), limits)).toString());
    }

    @Test
    void tooMuchComputingBreaksALimit() throws Exception {
        Limits oneSecond =
                new Limits(Duration.ofSeconds(60), Duration.ofSeconds(1), 64 * MEBIBYTE, MEBIBYTE);
        ToolResult result = run(oneSecond, "while :; do :; done");
        assertEquals(152, result.exitCode());
        assertEquals(FailureCode.LIMIT_EXCEEDED, result.cause(FailureCode.INVALID_INPUT));
    }

    @Test
    void aTooLargeFileBreaksALimit() throws Exception {
        ToolResult result = run(LIMITS, "exec head -c 20000000 /dev/zero > large");
        assertEquals(FailureCode.LIMIT_EXCEEDED, result.cause(FailureCode.INVALID_INPUT));
        assertTrue(Files.size(folder.resolve("large")) <= LIMITS.fileSize());
    }

    @Test
    void tooMuchMemoryIsOutOfMemory() throws Exception {
        ToolResult result = run(LIMITS, "exec tail /dev/zero");
        assertEquals(FailureCode.OUT_OF_MEMORY, result.cause(FailureCode.INVALID_INPUT));
    }

    @Test
    void aKilledProgramIsOutOfMemoryAndACrashedOneIsCrashed() throws Exception {
        assertEquals(
                FailureCode.OUT_OF_MEMORY,
                run(LIMITS, "kill -KILL $$").cause(FailureCode.INVALID_INPUT));
        assertEquals(
                FailureCode.ENGINE_CRASHED,
                run(LIMITS, "kill -SEGV $$").cause(FailureCode.INVALID_INPUT));
    }

    @Test
    void isolationIsReported() {
        assertEquals("setsid+prlimit+no_new_privs", Isolation.level());
    }

    @Test
    void noNewPrivilegesAndAHighOomScoreReachTheProgram() throws Exception {
        ToolResult result =
                run(
                        LIMITS,
                        "while [ $(cat /proc/$$/oom_score_adj) != 800 ]; do :; done; cat /proc/$$/status");
        assertTrue(result.stdout().contains("NoNewPrivs:\t1"));
    }

    private ToolResult run(Limits limits, String script) throws IOException, InterruptedException {
        return Tool.run(call(limits, script));
    }

    private ToolCall call(Limits limits, String script) {
        return new ToolCall(List.of(program("sh"), "-c", script), folder, Map.of(), limits);
    }

    private static String program(String name) {
        return Executables.find(name).orElseThrow().toString();
    }

    /** A number of seconds that no other process sleeps. */
    private static String mark() {
        return "%d%03d"
                .formatted(
                        100_000 + ProcessHandle.current().pid() % 100_000,
                        UNIQUE.incrementAndGet());
    }
}
