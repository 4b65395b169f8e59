package io.tidemill.bench.files;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.bench.standing.ApiClient;
import io.tidemill.bench.standing.StandingSystem;
import io.tidemill.local.process.Wait;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Our system doing real work: files are uploaded, one job does one step to all of them. */
final class OwnSystem {
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final int WARM_UP_JOBS = 100;
    private static final int WARM_UP_FILES = 100;

    private final StandingSystem system;
    private final ApiClient client;
    private final FinishedJobs jobs;

    OwnSystem(StandingSystem system, ApiClient client) {
        this.system = system;
        this.client = client;
        this.jobs = new FinishedJobs(client);
    }

    /** Lets the JVMs compile what every task passes through. */
    void warmUp() {
        List<String> files = client.upload(WARM_UP_FILES);
        for (int i = 0; i < WARM_UP_JOBS; i++) {
            jobs.run(ApiClient.doNothing(files));
        }
    }

    /** Prints who does it. */
    void tellEngine(String operation) {
        JsonObject told = ApiClient.await(client.get("/v1/operations/" + operation));
        System.out.println(operation + " is done by " + told.getJsonArray("engines").encode());
    }

    /** What is left running by the upload or the job counts as well. */
    Spent work(List<Path> files, JsonObject step) throws IOException {
        double begin = seconds();
        List<String> ids = upload(files);
        double uploaded = secondsInSilence();
        double engines = system.engineSeconds();
        jobs.run(new JsonObject().put("files", ids).put("steps", List.of(step)).toBuffer());
        double ended = secondsInSilence();
        return new Spent(
                files.size(), uploaded - begin, ended - uploaded, system.engineSeconds() - engines);
    }

    private List<String> upload(List<Path> files) throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path file : files) {
            Buffer content = Buffer.buffer(Files.readAllBytes(file));
            ids.add(
                    ApiClient.await(
                                    client.send(
                                            HttpMethod.POST,
                                            "/v1/files",
                                            "application/octet-stream",
                                            content))
                            .toJsonObject()
                            .getString("id"));
        }
        return ids;
    }

    private double secondsInSilence() {
        Wait.until(SILENCE, () -> false);
        return seconds();
    }

    private double seconds() {
        return system.costs().values().stream().mapToDouble(ProcessCost::cpuSeconds).sum();
    }
}
