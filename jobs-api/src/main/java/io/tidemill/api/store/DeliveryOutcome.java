package io.tidemill.api.store;

import io.tidemill.api.delivery.Judgement;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt at a delivery, to be written.
 *
 * @param attempt null when none was made, because the endpoint is disabled
 */
public record DeliveryOutcome(
        UUID deliveryId,
        UUID endpointId,
        int number,
        @Nullable Attempt attempt,
        Judgement judgement) {

    /** What the log says about it; the error code is null when it arrived. */
    public record Attempt(
            Instant startTime,
            long durationMillis,
            @Nullable Integer status,
            @Nullable String errorCode) {}
}
