package io.tidemill.processor.tool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does, of which no signal tells. */
public final class Eventually {
    private Eventually() {}

    public static void holds(String what, Duration within, BooleanSupplier condition) {
        holds(() -> what, within, condition);
    }

    /**
     * @param what asked only when the condition does not hold in time
     */
    public static void holds(Supplier<String> what, Duration within, BooleanSupplier condition) {
        long deadline = System.nanoTime() + within.toNanos();
        boolean held = condition.getAsBoolean();
        while (!held && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
            held = condition.getAsBoolean();
        }
        // Not asked again: what held a moment ago need not hold now.
        assertTrue(held, () -> what.get());
    }
}
