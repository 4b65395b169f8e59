package io.tidemill.api.event;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.Applied.DeadTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.jboss.logging.Logger;

/** Lets operators know of every task that failed for good: a line in the log, a metric. */
@ApplicationScoped
class DeadLetterNews {
    private static final Logger LOG = Logger.getLogger(DeadLetterNews.class);
    static final String COUNTER = "tidemill.dead_letters";
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("tidemill.operation");
    static final AttributeKey<String> CODE = AttributeKey.stringKey("error.type");

    private final LongCounter counter;

    DeadLetterNews(Meter meter) {
        counter =
                meter.counterBuilder(COUNTER)
                        .setUnit("{task}")
                        .setDescription("Tasks that failed for good")
                        .build();
    }

    void tell(Collection<DeadTask> tasks) {
        for (DeadTask task : tasks) {
            LOG.infof(
                    "Task %s (%s) failed for good: %s",
                    TypeId.TASK.format(task.id()), task.operation(), task.code());
            counter.add(1, Attributes.of(OPERATION, task.operation(), CODE, task.code()));
        }
    }
}
