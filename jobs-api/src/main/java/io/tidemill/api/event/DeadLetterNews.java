package io.tidemill.api.event;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.quarkus.runtime.Startup;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.store.Applied.DeadTask;
import io.tidemill.api.telemetry.LogContext;
import io.tidemill.api.telemetry.Meters;
import io.tidemill.contract.Operations;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.jboss.logging.Logger;

/** Lets operators know of every task that failed for good: a line in the log, a metric. */
@Startup
@ApplicationScoped
class DeadLetterNews {
    private static final Logger LOG = Logger.getLogger(DeadLetterNews.class);
    static final String COUNTER = "tidemill.dead_letters";

    private final LongCounter counter;

    DeadLetterNews(Meter meter) {
        counter =
                meter.counterBuilder(COUNTER)
                        .setUnit("{task}")
                        .setDescription("Tasks that failed for good")
                        .build();
        Operations.NAMES.forEach(name -> counter.add(0, Attributes.of(Meters.OPERATION, name)));
    }

    private static void log(DeadTask task) {
        try (LogContext _ = LogContext.of(task.jobId(), task.id())) {
            LOG.infof(
                    "Task %s (%s) failed for good: %s",
                    TypeId.TASK.format(task.id()), task.operation(), task.code());
        }
    }

    void tell(Collection<DeadTask> tasks) {
        for (DeadTask task : tasks) {
            log(task);
            counter.add(
                    1,
                    Attributes.of(
                            Meters.OPERATION,
                            task.operation(),
                            Meters.ERROR,
                            Meters.code(task.code())));
        }
    }
}
