package io.tidemill.api.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dto.WebhookDisabledEvent;
import io.tidemill.api.dto.WebhookDisabledFacts;
import io.tidemill.api.dto.WebhookJobEvent;
import io.tidemill.api.dto.WebhookJobFacts;
import io.tidemill.api.dto.WebhookTestEvent;
import io.tidemill.api.dto.WebhookTestFacts;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.ClaimedDelivery;
import io.tidemill.api.store.ClaimedDelivery.DisabledEndpoint;
import io.tidemill.api.store.ClaimedDelivery.EndedJob;
import io.tidemill.api.store.ClaimedDelivery.Trial;
import jakarta.enterprise.context.ApplicationScoped;

/** What is sent: thin, and the same each time. */
@ApplicationScoped
class EventBody {
    private final ObjectMapper json;

    EventBody(ObjectMapper json) {
        this.json = json;
    }

    String of(ClaimedDelivery delivery) {
        try {
            return json.writeValueAsString(
                    switch (delivery.news()) {
                        case EndedJob job -> jobEvent(delivery, job);
                        case DisabledEndpoint endpoint -> disabled(delivery, endpoint);
                        case Trial _ -> test(delivery);
                    });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }

    private static WebhookJobEvent jobEvent(ClaimedDelivery delivery, EndedJob job) {
        String id = TypeId.JOB.format(job.id());
        return new WebhookJobEvent(
                delivery.eventType(),
                delivery.createTime(),
                new WebhookJobFacts(
                        id,
                        job.state(),
                        job.generation(),
                        job.clientReference(),
                        job.labels().isEmpty() ? null : job.labels(),
                        delivery.sequence(),
                        "/v1/jobs/" + id));
    }

    private static WebhookDisabledEvent disabled(
            ClaimedDelivery delivery, DisabledEndpoint endpoint) {
        String id = TypeId.WEBHOOK_ENDPOINT.format(endpoint.id());
        return new WebhookDisabledEvent(
                delivery.eventType(),
                delivery.createTime(),
                new WebhookDisabledFacts(id, endpoint.reason(), delivery.sequence(), link(id)));
    }

    private static WebhookTestEvent test(ClaimedDelivery delivery) {
        String id = TypeId.WEBHOOK_ENDPOINT.format(delivery.endpointId());
        return new WebhookTestEvent(
                delivery.eventType(),
                delivery.createTime(),
                new WebhookTestFacts(id, delivery.sequence(), link(id)));
    }

    private static String link(String endpoint) {
        return "/v1/webhook-endpoints/" + endpoint;
    }
}
