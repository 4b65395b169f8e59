package io.tidemill.api.dto;

import io.tidemill.api.lifecycle.JobState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one file of a job. */
public record FileResult(
        String fileId, @Nullable String fileName, JobState state, List<Task> tasks) {}
