package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.e2e.client.ApiClient;
import io.tidemill.e2e.client.ApiException;
import io.tidemill.e2e.client.api.FilesApi;
import io.tidemill.e2e.client.api.JobsApi;
import io.tidemill.e2e.client.model.Job;
import io.tidemill.e2e.client.model.JobState;
import io.tidemill.e2e.client.model.JobSubmission;
import io.tidemill.e2e.client.model.ModelFile;
import io.tidemill.e2e.client.model.StepSubmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Java client generated from the contract compiles (the build sees to that) and does the main
 * job.
 */
class GeneratedJavaClientIT {
    private static final Set<JobState> OPEN = Set.of(JobState.QUEUED, JobState.RUNNING);

    private final ApiClient client = new ApiClient();

    @Test
    void doesTheMainJob(@TempDir Path folder) throws IOException, ApiException {
        client.setBasePath(ServerUnderTest.url());
        Path picture = SamplePicture.in(folder);
        String fileId = upload(picture);
        Job job = waitForEnd(submit(fileId));
        assertEquals(JobState.SUCCEEDED, job.getState());
        ModelFile preview = outputs(job).getFirst();
        assertEquals(preview.getSize(), download(preview));
    }

    private String upload(Path picture) throws ApiException {
        String name = "attachment; filename=\"" + picture.getFileName() + "\"";
        return new FilesApi(client).uploadFile(picture.toFile(), null, name, null).getId();
    }

    private Job submit(String fileId) throws ApiException {
        StepSubmission inspect = new StepSubmission().id("inspect").operation("inspect");
        StepSubmission preview =
                new StepSubmission()
                        .id("preview")
                        .operation("thumbnail")
                        .needs(Set.of("inspect"))
                        .parameters(
                                Map.of(
                                        "sizes",
                                        List.of(
                                                Map.of(
                                                        "width", 64, "height", 64, "fit",
                                                        "cover"))));
        JobSubmission submission =
                new JobSubmission()
                        .files(List.of(fileId))
                        .steps(List.of(inspect, preview))
                        .labels(Map.of("client", "java"));
        return new JobsApi(client).submitJob(submission, UUID.randomUUID().toString(), null);
    }

    private Job waitForEnd(Job submitted) throws ApiException {
        Job job = submitted;
        while (OPEN.contains(job.getState())) {
            job = new JobsApi(client).getJob(job.getId(), null, "wait=10");
        }
        return job;
    }

    private List<ModelFile> outputs(Job job) throws ApiException {
        return new JobsApi(client)
                .listResults(job.getId(), null, null).getItems().stream()
                        .flatMap(result -> result.getTasks().stream())
                        .flatMap(task -> task.getOutputs().stream())
                        .toList();
    }

    private long download(ModelFile file) throws ApiException, IOException {
        return Files.size(
                new FilesApi(client).getFileContent(file.getId(), null, null, null).toPath());
    }
}
