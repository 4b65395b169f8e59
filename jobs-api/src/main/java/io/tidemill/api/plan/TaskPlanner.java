package io.tidemill.api.plan;

import io.tidemill.api.lifecycle.TaskState;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.OperationDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tasks of one file: one for each step, in the steps' order. A step that cannot run fails
 * here, those that need it are skipped.
 */
public final class TaskPlanner {
    private static final TaskState QUEUED = new TaskState.Queued(0);
    private static final TaskState BLOCKED = new TaskState.Blocked(0);
    private static final TaskState FAILED = new TaskState.Failed();
    private static final TaskState SKIPPED = new TaskState.Skipped();

    private final List<PlannedStep> steps;
    private final IntFunction<UUID> ids;

    public TaskPlanner(List<PlannedStep> steps, IntFunction<UUID> ids) {
        this.steps = List.copyOf(steps);
        this.ids = ids;
    }

    /**
     * The tasks of one file.
     *
     * @param file what is known about it; null when it is missing, deleted or somebody else's
     */
    public List<PlannedTask> tasksOf(int fileOrdinal, String fileRef, @Nullable FileRef file) {
        List<PlannedTask> tasks = new ArrayList<>(steps.size());
        for (PlannedStep step : steps) {
            tasks.add(task(fileOrdinal, fileRef, file, step, tasks));
        }
        return tasks;
    }

    private PlannedTask task(
            int fileOrdinal,
            String fileRef,
            @Nullable FileRef file,
            PlannedStep step,
            List<PlannedTask> before) {
        UUID parent = step.takesFile() ? null : before.get(step.input()).id();
        Failure failure = step.takesFile() ? refusal(step.operation(), fileRef, file) : null;
        TaskState state = state(step, failure, before);
        return new PlannedTask(
                ids.apply(fileOrdinal),
                fileOrdinal,
                fileRef,
                file == null ? null : file.name(),
                step,
                parent,
                state,
                step.takesFile() ? file : null,
                state instanceof TaskState.Failed ? failure : skipReason(step, state, before));
    }

    private static TaskState state(
            PlannedStep step, @Nullable Failure failure, List<PlannedTask> before) {
        if (step.needs().stream().map(before::get).anyMatch(needed -> needed.state().ended())) {
            return SKIPPED;
        }
        if (failure != null) {
            return FAILED;
        }
        return step.needs().isEmpty() ? QUEUED : BLOCKED;
    }

    private @Nullable Failure skipReason(
            PlannedStep step, TaskState state, List<PlannedTask> before) {
        if (!(state instanceof TaskState.Skipped)) {
            return null;
        }
        return step.needs().stream()
                .filter(ordinal -> before.get(ordinal).state().ended())
                .findFirst()
                .map(ordinal -> neededFailed(steps.get(ordinal).id()))
                .orElse(null);
    }

    /** Why a step was skipped. */
    public static Failure neededFailed(String stepId) {
        return FailureCode.NEEDED_STEP_FAILED.because(
                "The step '" + stepId + "' did not succeed on this file; mend that first.");
    }

    /** Why an operation cannot take a file, if so. */
    public static @Nullable Failure refusal(
            OperationDescriptor operation, String fileRef, @Nullable FileRef file) {
        if (file == null) {
            return FailureCode.FILE_NOT_FOUND.because(
                    "There is no file "
                            + fileRef
                            + " of yours; it may have been deleted. Upload it and submit it again.");
        }
        if (!operation.accepts(file.mediaType())) {
            return FailureCode.UNSUPPORTED_TYPE.because(
                    "The operation "
                            + operation.name()
                            + " takes "
                            + String.join(", ", operation.accepts())
                            + "; this file is "
                            + file.mediaType()
                            + ".");
        }
        if (file.size() > operation.maxInputBytes()) {
            return FailureCode.LIMIT_EXCEEDED.because(
                    "The operation "
                            + operation.name()
                            + " takes at most "
                            + operation.maxInputBytes()
                            + " bytes; this file has "
                            + file.size()
                            + ".");
        }
        return null;
    }
}
