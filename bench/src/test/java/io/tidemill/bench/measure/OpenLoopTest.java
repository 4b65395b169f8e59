package io.tidemill.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final int CALLS = 20;

    @Test
    void callsBeginWhileEarlierOnesWait() {
        List<Promise<Void>> open = new ArrayList<>();
        OpenLoop.Result result =
                new OpenLoop(500)
                        .run(
                                number -> number < CALLS,
                                number -> {
                                    open.add(Promise.promise());
                                    if (number == CALLS - 1) {
                                        open.forEach(Promise::complete);
                                    }
                                    return open.getLast().future();
                                });
        assertEquals(CALLS, result.nanos().size());
        assertEquals(0, result.failed());
        long longest = result.nanos().stream().mapToLong(Long::longValue).max().orElseThrow();
        assertTrue(longest >= 38_000_000, () -> "waited only " + longest);
    }

    @Test
    void failuresAreCountedAndTimedAsWell() {
        OpenLoop.Result result =
                new OpenLoop(1_000)
                        .run(
                                number -> number < CALLS,
                                number ->
                                        number % 2 == 0
                                                ? Future.succeededFuture()
                                                : Future.failedFuture("told to"));
        assertEquals(CALLS, result.nanos().size());
        assertEquals(CALLS / 2, result.failed());
    }
}
