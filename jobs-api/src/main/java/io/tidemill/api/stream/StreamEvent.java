package io.tidemill.api.stream;

import io.tidemill.api.dto.JobChangeEvent;
import io.tidemill.api.dto.JobProgressEvent;
import io.tidemill.api.dto.JobSnapshotEvent;
import io.tidemill.api.dto.StreamReadyEvent;
import org.jspecify.annotations.Nullable;

/** Something a client is told, whatever it listens by. */
sealed interface StreamEvent {
    /**
     * From here a client can go on after it lost its connection; null: only from an earlier one.
     */
    @Nullable String id();

    record Snapshot(@Nullable String id, JobSnapshotEvent content) implements StreamEvent {}

    /** After {@code ended}, there are no more of that job, unless it is retried. */
    record Change(@Nullable String id, boolean ended, JobChangeEvent content)
            implements StreamEvent {}

    /** Only the latest counts. */
    record Progress(JobProgressEvent content) implements StreamEvent {
        @Override
        public @Nullable String id() {
            return null;
        }
    }

    record Ready(@Nullable String id, StreamReadyEvent content) implements StreamEvent {}
}
