package io.tidemill.local.up;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Backoff backoff = new Backoff();

    @Test
    void eachDeathWaitsTwiceAsLongAsTheOneBefore() {
        List<Long> waits =
                Stream.generate(() -> backoff.after(AT_ONCE).toMillis()).limit(4).toList();
        assertEquals(List.of(250L, 500L, 1_000L, 2_000L), waits);
    }

    @Test
    void theWaitHasAnUpperBound() {
        Duration last =
                Stream.generate(() -> backoff.after(AT_ONCE))
                        .limit(30)
                        .reduce(AT_ONCE, (_, next) -> next);
        assertEquals(Backoff.LONGEST, last);
    }

    @Test
    void aProcessThatRanWellIsStartedAgainQuickly() {
        backoff.after(AT_ONCE);
        backoff.after(AT_ONCE);
        assertEquals(Backoff.FIRST, backoff.after(Backoff.RAN_WELL));
    }
}
