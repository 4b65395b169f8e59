package io.tidemill.api.plan;

import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FileRef;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task to be written.
 *
 * @param fileRef the job's file, as submitted
 * @param fileName its name, when it is known
 * @param parent the task whose output it will take
 * @param input what to work on; absent until a parent has made it
 * @param failure why it failed before it could run
 */
public record PlannedTask(
        UUID id,
        int fileOrdinal,
        String fileRef,
        @Nullable String fileName,
        PlannedStep step,
        @Nullable UUID parent,
        TaskState state,
        @Nullable FileRef input,
        @Nullable Failure failure) {}
