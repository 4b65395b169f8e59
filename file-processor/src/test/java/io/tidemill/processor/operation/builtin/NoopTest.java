package io.tidemill.processor.operation.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tidemill.contract.ErrorClass;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoopTest {
    private final Noop noop = new Noop(RandomGenerator.getDefault());

    @TempDir Path folder;

    @Test
    void itSucceedsAtOnceByDefault() throws Exception {
        assertEquals(
                Map.of("waitedMillis", 0), Workbench.done(noop.run(attempt(Map.of()))).result());
    }

    @Test
    void itFailsAsTold() throws Exception {
        Outcome.Broken broken =
                assertInstanceOf(Outcome.Broken.class, noop.run(attempt(Map.of("failRate", 1))));
        assertEquals(ErrorClass.TRANSIENT, broken.failure().errorClass());
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        Attempt patient = attempt(Map.of("durationMillis", 600_000));
        CountDownLatch waiting = new CountDownLatch(1);
        Attempt watched =
                new Attempt(
                        patient.file(),
                        patient.ref(),
                        patient.parameters(),
                        patient.folder(),
                        patient.timeout(),
                        (_, _) -> waiting.countDown());
        CompletableFuture<String> end = new CompletableFuture<>();
        Thread worker =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                end.complete(noop.run(watched).toString());
                            } catch (InterruptedException _) {
                                end.complete("interrupted");
                            }
                        });
        waiting.await();
        worker.interrupt();
        assertEquals("interrupted", end.get(5, TimeUnit.SECONDS));
    }

    private Attempt attempt(Map<String, Object> parameters) throws Exception {
        return Workbench.attempt(folder, new byte[0], "a", "text/plain", parameters);
    }
}
