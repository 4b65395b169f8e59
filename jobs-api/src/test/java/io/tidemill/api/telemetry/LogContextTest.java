package io.tidemill.api.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tidemill.api.id.TypeId;
import java.util.UUID;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogContextTest {
    @Test
    void linesNameTheJobAndTheTaskInTheirPublicFormAndOnlyMeanwhile() {
        UUID job = UUID.randomUUID();
        UUID task = UUID.randomUUID();
        try (LogContext _ = LogContext.of(job, task)) {
            assertEquals(TypeId.JOB.format(job), MDC.get("jobId"));
            assertEquals(TypeId.TASK.format(task), MDC.get("taskId"));
        }
        assertNull(MDC.get("jobId"));
        assertNull(MDC.get("taskId"));
    }
}
