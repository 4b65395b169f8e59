package io.tidemill.processor.config;

import java.time.Duration;

/** What a single value's type cannot say about the settings. Each complaint names its key. */
public final class ConfigRules {
    private static final int MOST_SLOTS = 256;

    private ConfigRules() {}

    /**
     * Checks all settings.
     *
     * @throws IllegalArgumentException when a value makes no sense; the message names its key
     */
    public static void check(ProcessorConfig config) {
        ProcessorConfig.Worker worker = config.worker();
        require(
                worker.slots() >= 1 && worker.slots() <= MOST_SLOTS,
                "tidemill.worker.slots must be 1 to " + MOST_SLOTS + ", not " + worker.slots());
        require(
                worker.taskQueue().matches("[a-z][a-z0-9-]{0,62}"),
                "tidemill.worker.task-queue must be lower-case letters, digits and hyphens, not "
                        + worker.taskQueue());
        require(
                worker.name().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}"),
                "tidemill.worker.name must be letters, digits, dots, hyphens, underscores, not "
                        + worker.name());
        requireAtLeast("tidemill.worker.heartbeat", worker.heartbeat(), Duration.ofMillis(100));
        requireAtLeast("tidemill.worker.announce", worker.announce(), Duration.ofMillis(100));
        requireAtLeast("tidemill.worker.drain", worker.drain(), Duration.ZERO);
        worker.endWhenIdle()
                .ifPresent(
                        time ->
                                requireAtLeast(
                                        "tidemill.worker.end-when-idle",
                                        time,
                                        Duration.ofMillis(100)));
        requireAtLeast("tidemill.pod.interval", config.pod().interval(), Duration.ofSeconds(1));
        require(
                config.workspace().maxOutputBytes() > 0,
                "tidemill.workspace.max-output-bytes must be positive, not "
                        + config.workspace().maxOutputBytes());
    }

    private static void requireAtLeast(String key, Duration value, Duration least) {
        require(
                value.compareTo(least) >= 0,
                key + " must be at least " + least.toMillis() + " ms, not " + value.toMillis());
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
