package io.tidemill.faults.system;

import java.time.Duration;
import java.util.Map;

/**
 * How patient the system is with what is silent.
 *
 * @param lease how long a silent processor is trusted
 * @param heartbeat between two of a processor's signs of life
 * @param resendAfter how long a message may stay unanswered
 */
public record Timing(Duration lease, Duration heartbeat, Duration resendAfter) {
    /** As the services have it by default. */
    public static final Timing USUAL =
            new Timing(Duration.ofSeconds(20), Duration.ofSeconds(5), Duration.ofSeconds(60));

    /** For a suite of few minutes: the same mechanisms, sooner. */
    public static final Timing BRISK =
            new Timing(Duration.ofSeconds(12), Duration.ofSeconds(3), Duration.ofSeconds(10));

    Map<String, String> environment() {
        return Map.of(
                "TIDEMILL_LEASE_DURATION", millis(lease),
                "TIDEMILL_WORKER_HEARTBEAT", millis(heartbeat),
                "TIDEMILL_DISPATCH_RESEND_AFTER", millis(resendAfter));
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + "ms";
    }
}
