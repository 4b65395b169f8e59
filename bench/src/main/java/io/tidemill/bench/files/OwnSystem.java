package io.tidemill.bench.files;

import io.tidemill.bench.measure.Report;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Our system doing real work: files are uploaded, one job does one step to all of them. */
final class OwnSystem {
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final int WARM_UP_JOBS = 100;
    private static final int WARM_UP_FILES = 100;

    private final StandingSystem system;
    private final ApiClient client;
    private final FinishedJobs jobs;
    private double idle;

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

    /** What it does by itself, for as long as a job takes, which is counted with the job. */
    void tellIdleness(Report report) {
        double before = total(seconds());
        Wait.until(IDLE, () -> false);
        idle = (total(seconds()) - before) / IDLE.toSeconds();
        report.add("files", "CPU a second of ours while idle", 1_000 * idle, "ms");
    }

    /** What is left running by the upload or the job counts as well. */
    Spent work(List<Path> files, JsonObject step) throws IOException {
        double begin = total(seconds());
        List<String> ids = upload(files);
        Map<String, Double> uploaded = secondsInSilence();
        double engines = system.engineSeconds();
        long start = System.nanoTime();
        jobs.run(new JsonObject().put("files", ids).put("steps", List.of(step)).toBuffer());
        Map<String, Double> job = secondsInSilence();
        double time = (System.nanoTime() - start) / 1e9;
        uploaded.forEach((process, before) -> job.merge(process, -before, Double::sum));
        double spent = system.engineSeconds() - engines;
        return new Spent(files.size(), total(uploaded) - begin, job, spent, time * idle);
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

    private Map<String, Double> secondsInSilence() {
        Wait.until(SILENCE, () -> false);
        return seconds();
    }

    private Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        system.costs().forEach((process, cost) -> seconds.put(process, cost.cpuSeconds()));
        return seconds;
    }

    private static double total(Map<String, Double> seconds) {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
