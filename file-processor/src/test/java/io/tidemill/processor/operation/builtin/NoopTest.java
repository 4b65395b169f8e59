package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tidemill.contract.ErrorClass;
import io.tidemill.contract.Failure;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.tool.Eventually;
import io.tidemill.processor.tool.Living;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoopTest {
    private final Noop noop = new Noop(RandomGenerator.getDefault());
    private final Workbench.Memory memory = new Workbench.Memory();

    @TempDir Path folder;

    @Test
    void itSucceedsAtOnceByDefaultAndNamesTheBytesItSaw() throws Exception {
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(
                Map.of("waitedMillis", 0, "resumedAtMillis", 0, "sha256", abc), result(Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSIENT, TOLD_TO_FAIL, TRANSIENT",
        "PERMANENT, TOLD_TO_FAIL, PERMANENT",
        "CRASH, ENGINE_CRASHED, CRASH",
        "DEPENDENCY, DEPENDENCY_UNAVAILABLE, TRANSIENT"
    })
    void itFailsAsTold(String kind, String code, ErrorClass errorClass) throws Exception {
        Failure failure = failure(attempt(1, Map.of("failure", kind)));
        assertEquals(code, failure.code());
        assertEquals(errorClass, failure.errorClass());
    }

    @Test
    void aRateOfOneFailsEveryAttempt() throws Exception {
        assertEquals(ErrorClass.TRANSIENT, failure(attempt(9, Map.of("failRate", 1))).errorClass());
    }

    @Test
    void onlyTheFirstAttemptsFailWhenTold() throws Exception {
        Map<String, Object> twice =
                Map.of("failure", "CRASH", "killWorker", false, "failAttempts", 2);
        assertEquals("ENGINE_CRASHED", failure(attempt(2, twice)).code());
        Workbench.done(noop.run(attempt(3, twice)));
    }

    @Test
    void itSavesHowLongItHasWaitedAndGoesOnFromThere() throws Exception {
        Map<String, Object> slowly = Map.of("durationMillis", 50, "checkpointMillis", 20);
        result(slowly);
        assertEquals(List.of("20", "40", "50"), memory.saved);

        memory.save("40");
        Map<String, Object> resumed = result(slowly);
        assertEquals(40, resumed.get("resumedAtMillis"));
        assertEquals(10, resumed.get("waitedMillis"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aChildThatTakesTooMuchMemoryMeetsItsLimit() throws Exception {
        assertEquals("OUT_OF_MEMORY", failure(attempt(1, Map.of("hogMegabytes", 400))).code());
        result(Map.of("hogMegabytes", 20));
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        CompletableFuture<String> end = new CompletableFuture<>();
        Thread worker = run(attempt(1, Map.of("durationMillis", 600_000)), end);
        Eventually.holds(
                "it waits",
                Duration.ofSeconds(20),
                () -> worker.getState() == Thread.State.TIMED_WAITING);
        worker.interrupt();
        assertEquals("interrupted", end.get(5, TimeUnit.SECONDS));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anInterruptKillsTheChildThatWaits() throws Exception {
        String mark = "599." + (100 + System.nanoTime() % 900);
        int millis = Integer.parseInt(mark.replace(".", ""));
        CompletableFuture<String> end = new CompletableFuture<>();
        Thread worker = run(attempt(1, Map.of("durationMillis", millis, "child", true)), end);
        Eventually.holds(
                "the child runs",
                Duration.ofSeconds(20),
                () -> Living.withArgument(mark).size() == 1);
        worker.interrupt();
        assertEquals("interrupted", end.get(5, TimeUnit.SECONDS));
        assertEquals(List.of(), Living.withArgument(mark));
    }

    private Thread run(Attempt attempt, CompletableFuture<String> end) {
        return Thread.startVirtualThread(
                () -> {
                    try {
                        end.complete(noop.run(attempt).toString());
                    } catch (InterruptedException _) {
                        end.complete("interrupted");
                    } catch (IOException e) {
                        end.completeExceptionally(e);
                    }
                });
    }

    private Map<String, Object> result(Map<String, Object> parameters) throws Exception {
        return Workbench.done(noop.run(attempt(1, parameters))).result();
    }

    private Failure failure(Attempt attempt) throws Exception {
        return assertInstanceOf(Outcome.Broken.class, noop.run(attempt)).failure();
    }

    private Attempt attempt(int number, Map<String, Object> parameters) throws Exception {
        byte[] content = "abc".getBytes(StandardCharsets.UTF_8);
        Attempt first = Workbench.attempt(folder, content, "a", "text/plain", parameters);
        return new Attempt(
                first.file(),
                first.ref(),
                number,
                parameters,
                () -> folder,
                first.timeout(),
                first.progress(),
                memory);
    }
}
