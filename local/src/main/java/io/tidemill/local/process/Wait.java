package io.tidemill.local.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Looks again and again until something outside this program has come true. */
public final class Wait {
    private static final long PAUSE_MILLIS = 50;

    private Wait() {}

    /** Whether the condition came true before the time was up. */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || !pause()) {
                return false;
            }
        }
        return true;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
