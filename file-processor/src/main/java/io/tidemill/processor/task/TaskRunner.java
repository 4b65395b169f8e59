package io.tidemill.processor.task;

import io.tidemill.contract.FileRef;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.processor.failpoint.Failpoint;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.workspace.AttemptFolder;
import io.tidemill.processor.workspace.StoredFiles;
import io.tidemill.processor.workspace.Workspace;
import io.tidemill.storage.StoredContent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one attempt from its check to its report. What cannot work is refused before a byte is
 * fetched.
 */
public final class TaskRunner {
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final OfferedOperations operations;
    private final StoredFiles files;
    private final Workspace workspace;
    private final long maxOutputBytes;
    private final Stages stages;

    /**
     * @param maxOutputBytes all outputs of an attempt together
     */
    public TaskRunner(
            OfferedOperations operations,
            StoredFiles files,
            Workspace workspace,
            long maxOutputBytes,
            Stages stages) {
        this.operations = operations;
        this.files = files;
        this.workspace = workspace;
        this.maxOutputBytes = maxOutputBytes;
        this.stages = stages;
    }

    /** Does the work and says how it ended; an interrupt means stop. */
    TaskEvent run(Execution execution) throws IOException, InterruptedException, RefusedException {
        TaskRun run = execution.run();
        long begin = System.nanoTime();
        long end = begin + Duration.ofSeconds(run.timeoutSeconds()).toNanos();
        Operation operation = operations.resolve(run.operation(), run.input());
        try (AttemptFolder folder = workspace.attempt(execution.id())) {
            stages.run("fetch file", () -> fetch(run, folder));
            Failpoint.reached("started");
            Outcome outcome =
                    stages.run(
                            "run " + run.operation(),
                            () -> operation.run(attempt(execution, folder, end)));
            return switch (outcome) {
                case Outcome.Done done -> succeeded(execution, done, kept(done, folder), begin);
                case Outcome.Broken broken -> failed(execution, broken);
            };
        }
    }

    private static Attempt attempt(Execution execution, AttemptFolder folder, long end) {
        TaskRun run = execution.run();
        return new Attempt(
                folder.input(),
                run.input(),
                run.attempt(),
                run.parameters(),
                folder::path,
                Duration.ofNanos(Math.max(1, end - System.nanoTime())),
                execution,
                execution);
    }

    private long fetch(TaskRun run, AttemptFolder folder) throws IOException, InterruptedException {
        files.fetch(run.input(), folder.input());
        return run.input().size();
    }

    private List<FileRef> kept(Outcome.Done done, AttemptFolder folder)
            throws IOException, InterruptedException {
        return done.outputs().isEmpty()
                ? List.of()
                : stages.run("store results", () -> store(done, folder));
    }

    private List<FileRef> store(Outcome.Done done, AttemptFolder folder)
            throws IOException, InterruptedException {
        List<FileRef> stored = new ArrayList<>();
        long left = maxOutputBytes;
        for (Outcome.Output output : done.outputs()) {
            StoredContent content = files.put(folder.own(output.file()), output.name(), left);
            left -= content.size();
            stored.add(reference(output, content));
        }
        return stored;
    }

    /** The detected type counts; the operation's own word only where detection has none. */
    private static FileRef reference(Outcome.Output output, StoredContent content) {
        boolean unknown = content.mediaType().equals(UNKNOWN_TYPE);
        String mediaType = unknown ? output.mediaType() : content.mediaType();
        return new FileRef(output.name(), mediaType, content.size(), content.sha256());
    }

    private static TaskEvent succeeded(
            Execution execution, Outcome.Done done, List<FileRef> outputs, long begin) {
        TaskRun run = execution.run();
        return new TaskEvent.Succeeded(
                run.taskId(),
                run.attempt(),
                execution.id(),
                done.result(),
                outputs,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    private static TaskEvent failed(Execution execution, Outcome.Broken broken) {
        TaskRun run = execution.run();
        return new TaskEvent.Failed(
                run.taskId(),
                run.attempt(),
                execution.id(),
                broken.failure(),
                broken.result().isEmpty() ? null : broken.result());
    }
}
