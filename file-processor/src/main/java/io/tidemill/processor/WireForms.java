package io.tidemill.processor;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tidemill.contract.Failure;
import io.tidemill.contract.FileRef;
import io.tidemill.contract.OfferedOperation;
import io.tidemill.contract.OperationDescriptor;
import io.tidemill.contract.RunTasks;
import io.tidemill.contract.Stop;
import io.tidemill.contract.TaskEvent;
import io.tidemill.contract.TaskRun;

/** Names what Jackson reads and writes, for the native image. */
@RegisterForReflection(
        targets = {
            Failure.class,
            FileRef.class,
            OfferedOperation.class,
            OperationDescriptor.class,
            RunTasks.class,
            Stop.class,
            TaskEvent.Announced.class,
            TaskEvent.Failed.class,
            TaskEvent.Heartbeat.class,
            TaskEvent.Pulse.class,
            TaskEvent.Released.class,
            TaskEvent.Started.class,
            TaskEvent.Stopped.class,
            TaskEvent.Succeeded.class,
            TaskEvent.Taken.class,
            TaskRun.class
        })
final class WireForms {
    private WireForms() {}
}
