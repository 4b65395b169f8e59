package io.tidemill.bench.live;

import io.tidemill.faults.load.Answer;
import io.tidemill.faults.load.Client;
import io.tidemill.faults.load.Ledger;
import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.SentFile;
import io.tidemill.faults.load.Shape;
import io.tidemill.faults.load.Submitter;
import io.tidemill.faults.system.Plant;
import io.tidemill.faults.system.Setup;
import io.tidemill.faults.system.Timing;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import io.tidemill.local.up.Programs;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The system that is measured: two replicas of the API, three processors, one client. */
final class LiveSystem implements AutoCloseable {
    static final String OWNER = "bench";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    // Waiting work and open connections are what is measured here.
    private static final Setup SETUP =
            Setup.all(
                    "bench",
                    Map.of(
                            "TIDEMILL_STREAM_MAX", "20000",
                            "TIDEMILL_OVERLOAD_REQUESTS", "20000"));

    private final Plant plant;
    private final Client client;
    private final Ledger ledger = new Ledger();

    private LiveSystem(Plant plant) {
        this.plant = plant;
        this.client = new Client(plant.urls(), OWNER);
    }

    /** Returns when all of it serves, and the database remembers when transactions committed. */
    static LiveSystem start(Path home, Path folder) throws SQLException {
        Plant plant =
                Plant.start(
                        new Programs(home, true), SETUP, Timing.USUAL, folder, System.out::println);
        LiveSystem system = new LiveSystem(plant);
        plant.database().administer("ALTER SYSTEM SET track_commit_timestamp = on");
        plant.postgres().stop();
        plant.postgres().startAgain();
        if (!plant.isWhole()) {
            throw new LaunchException("the system did not come up again");
        }
        return system;
    }

    List<URI> replicas() {
        return plant.urls();
    }

    long apiPid(int replica) {
        return plant.apis().get(replica).pid();
    }

    long postgresPid() {
        return plant.postgres().pid();
    }

    Connection database() throws SQLException {
        return plant.database().asService();
    }

    /** Where broker and database are. */
    Map<String, String> environment() {
        return plant.environment();
    }

    Answer get(String path) {
        return client.get(path);
    }

    Answer post(String path, String body) {
        Answer answer = client.post(path, Map.of("Content-Type", "application/json"), body);
        if (!answer.ok()) {
            throw new LaunchException(path + " was answered " + answer.status() + answer.body());
        }
        return answer;
    }

    SentFile upload() {
        return new Submitter(client, ledger)
                .upload(PATIENCE)
                .orElseThrow(() -> new LaunchException("no upload was accepted"));
    }

    Promise submit(List<SentFile> files, Shape shape) {
        return new Submitter(client, ledger)
                .submit(Submitter.newKey(), files, shape, PATIENCE)
                .orElseThrow(
                        () -> new LaunchException("no job was accepted: " + ledger.breaches()));
    }

    /** The path of a job that does not begin before tomorrow. */
    String waitingJob(SentFile file) {
        String tomorrow =
                Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS).toString();
        String body =
                "{\"files\": [\"%s\"], \"scheduleTime\": \"%s\", \"steps\": [{\"id\": \"s\", \"operation\": \"noop\"}]}"
                        .formatted(file.id(), tomorrow);
        return "/v1/jobs/" + post("/v1/jobs", body).json().path("id").asText();
    }

    /** Returns when these jobs have ended. */
    void awaitEnd(List<Promise> jobs) {
        for (Promise job : jobs) {
            boolean ended = Wait.until(PATIENCE, () -> get(job.path()).json().has("endTime"));
            if (!ended) {
                throw new LaunchException("job " + job.jobId() + " did not end");
            }
        }
    }

    @Override
    public void close() {
        plant.close();
    }
}
