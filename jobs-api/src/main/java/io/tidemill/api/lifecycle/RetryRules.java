package io.tidemill.api.lifecycle;

/**
 * How often a task may begin, and how long it waits in between.
 *
 * @param maxAttempts 1 to {@value #MOST_ATTEMPTS}
 */
public record RetryRules(int maxAttempts, RetrySchedule schedule) {
    public static final int MOST_ATTEMPTS = 20;

    public RetryRules {
        if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
            throw new IllegalArgumentException("attempts must be 1 to 20: " + maxAttempts);
        }
    }
}
