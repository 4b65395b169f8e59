package io.tidemill.api.deadletter;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.quarkus.runtime.Startup;
import io.tidemill.api.store.DeadLetterStore.DeadMessage;
import io.tidemill.api.telemetry.Meters;
import io.tidemill.contract.Addresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Lets operators know of every message that was given up: a line in the log, a metric. */
@Startup
@ApplicationScoped
class DeadMessageNews {
    static final String COUNTER = "tidemill.dead_messages";
    static final AttributeKey<String> ADDRESS =
            AttributeKey.stringKey("messaging.destination.name");

    private static final Logger LOG = Logger.getLogger(DeadMessageNews.class);

    private final LongCounter counter;

    DeadMessageNews(Meter meter) {
        counter =
                meter.counterBuilder(COUNTER)
                        .setUnit("{message}")
                        .setDescription("Messages that nobody could read or nobody took in time")
                        .build();
        counter.add(0, Attributes.of(ADDRESS, Addresses.EVENTS));
    }

    void tell(DeadMessage message) {
        String address = Objects.requireNonNullElse(message.address(), "unknown");
        LOG.warnf(
                "A message to %s was given up (%s); dead letter %s keeps it",
                address, message.code(), message.id());
        counter.add(1, Attributes.of(ADDRESS, address, Meters.ERROR, message.code()));
    }
}
