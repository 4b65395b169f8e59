package io.tidemill.api.web;

import io.tidemill.api.dto.Queue;
import io.tidemill.api.estimate.QueueOutlook;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What those who wait are told, as clients see it. Pure. */
public final class QueueViews {
    private QueueViews() {}

    public static @Nullable Queue queue(@Nullable QueueOutlook outlook) {
        return outlook == null
                ? null
                : new Queue(
                        outlook.position(),
                        outlook.reason(),
                        outlook.expectedStart() == null
                                ? null
                                : outlook.expectedStart().truncatedTo(ChronoUnit.MILLIS));
    }
}
