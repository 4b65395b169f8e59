package io.tidemill.api.webhook;

import io.tidemill.api.dto.WebhookDeliveryState;
import io.tidemill.api.dto.WebhookEventType;
import io.tidemill.api.identity.Caller;
import io.tidemill.api.paging.Cursor;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.WebhookDeliveryStore.Filter;
import io.tidemill.api.web.QueryChoice;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which deliveries of an endpoint are asked for. */
record DeliveryQuery(
        @Nullable WebhookDeliveryState state,
        @Nullable WebhookEventType eventType,
        int limit,
        @Nullable String cursor) {

    /**
     * From query parameters.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when there is no such state or type
     */
    static DeliveryQuery of(
            @Nullable String state,
            @Nullable String eventType,
            int limit,
            @Nullable String cursor) {
        return new DeliveryQuery(
                QueryChoice.of("state", state, WebhookDeliveryState.values()),
                QueryChoice.of(
                        "eventType", eventType, WebhookEventType.values(), WebhookEventType::id),
                limit,
                cursor);
    }

    /** One more than a page has, to see whether there is another. */
    Filter filter(Caller caller, UUID endpoint) {
        Long before =
                Cursor.decode(cursor, caller.owner(), list(endpoint), 1)
                        .map(keys -> sequence(keys.getFirst()))
                        .orElse(null);
        return new Filter(endpoint, state, eventType, before, limit + 1);
    }

    String cursorAfter(Caller caller, UUID endpoint, long sequence) {
        return new Cursor(caller.owner(), list(endpoint), List.of(Long.toString(sequence)))
                .encode();
    }

    private String list(UUID endpoint) {
        return "webhook-deliveries "
                + endpoint
                + ' '
                + Objects.toString(state)
                + ' '
                + Objects.toString(eventType);
    }

    private static long sequence(String key) {
        try {
            return Long.parseLong(key);
        } catch (NumberFormatException _) {
            throw Problems.malformed("The cursor is not one of this list.");
        }
    }
}
