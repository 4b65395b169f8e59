package io.tidemill.processor.task;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;
import io.tidemill.processor.workspace.ChecksumMismatchException;
import io.tidemill.storage.ContentNotFoundException;
import io.tidemill.storage.ContentTooLargeException;
import java.io.IOException;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jboss.logging.Logger;

/**
 * Turns whatever ended an attempt into what its owner is told. The text never carries an
 * exception's message, for that may name a path or a host; the log has it.
 */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    static Failure of(Throwable cause, Execution execution) {
        return switch (cause) {
            case RefusedException refused -> refused.failure();
            case FaultToleranceException open ->
                    logged(
                            FailureCode.DEPENDENCY_UNAVAILABLE.because(
                                    "A service the operation needs failed too often and is left in"
                                            + " peace for a while."),
                            open,
                            execution);
            case IOException io -> logged(ofIo(io), io, execution);
            default ->
                    logged(
                            FailureCode.INTERNAL_ERROR.because(
                                    "The processor failed on this task; its log has the cause."),
                            cause,
                            execution);
        };
    }

    static Failure timeout(Execution execution) {
        return FailureCode.TIMEOUT.because(
                "Not done within " + execution.run().timeoutSeconds() + " seconds.");
    }

    /** The event that tells it. */
    static TaskEvent event(Execution execution, Failure failure) {
        TaskRun run = execution.run();
        return new TaskEvent.Failed(run.taskId(), run.attempt(), execution.id(), failure, null);
    }

    private static Failure ofIo(IOException cause) {
        return switch (cause) {
            case ChecksumMismatchException _ ->
                    FailureCode.CHECKSUM_MISMATCH.because(
                            "The bytes read from storage are not the bytes that were stored.");
            // Storage that is not mounted or lags behind looks just like content that is gone.
            // Only jobs-api knows whether the file still exists, so let it try again.
            case ContentNotFoundException _ ->
                    FailureCode.DEPENDENCY_UNAVAILABLE.because(
                            "Storage does not have the content of this file at the moment.");
            case ContentTooLargeException _ ->
                    FailureCode.LIMIT_EXCEEDED.because(
                            "The results of this task are larger than the processor may store.");
            default ->
                    FailureCode.DEPENDENCY_UNAVAILABLE.because(
                            "Storage, a disk or a service the operation needs did not answer.");
        };
    }

    private static Failure logged(Failure failure, Throwable cause, Execution execution) {
        LOG.warnf(
                cause,
                "Task %s, attempt %d (%s): %s",
                execution.run().taskId(),
                execution.run().attempt(),
                execution.run().operation(),
                failure.code());
        return failure;
    }
}
