package io.tidemill.api.dto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;

/** What endpoints are told about. */
public enum WebhookEventType {
    JOB_SUCCEEDED("job.succeeded"),
    JOB_PARTIALLY_SUCCEEDED("job.partially_succeeded"),
    JOB_FAILED("job.failed"),
    JOB_CANCELLED("job.cancelled"),
    JOB_EXPIRED("job.expired"),
    WEBHOOK_DISABLED("webhook.disabled"),
    WEBHOOK_TEST("webhook.test");

    private final String id;

    WebhookEventType(String id) {
        this.id = id;
    }

    /** As it is written everywhere outside the code. */
    @JsonValue
    public String id() {
        return id;
    }

    @JsonCreator
    public static WebhookEventType of(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no event type " + id));
    }

    public static Optional<WebhookEventType> find(String id) {
        return Arrays.stream(values()).filter(type -> type.id.equals(id)).findFirst();
    }
}
