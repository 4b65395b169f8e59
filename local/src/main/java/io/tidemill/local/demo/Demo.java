package io.tidemill.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.Wait;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Uploads the samples, has them processed, and shows what came of each. */
public final class Demo {
    /** Long enough for any sample on a slow machine; a job still open then is stuck. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Duration ANNOUNCEMENT_LIMIT = Duration.ofSeconds(30);

    private static final Set<String> OPEN = Set.of("QUEUED", "RUNNING");

    private final Client client;
    private final PrintStream out;

    public Demo(URI api, PrintStream out) {
        this.client = new Client(api);
        this.out = out;
    }

    /**
     * Returns when every file has its result, and all of them are shown.
     *
     * @param samples folder of the files to process
     * @param outputs folder for what the steps make; emptied first
     * @throws LaunchException if the system did not work; a file's own problem is a result
     */
    public void run(Path samples, Path outputs) {
        OutputFolder folder = OutputFolder.empty(outputs);
        Set<String> available = available();
        List<JsonNode> files = Sample.in(samples).stream().map(client::upload).toList();
        List<String> jobs =
                Plan.of(files, available).submissions().stream()
                        .map(client::submit)
                        .map(job -> job.path("id").asText())
                        .toList();
        out.printf("Uploaded %d files, submitted %d jobs%n", files.size(), jobs.size());
        awaitEnd(jobs);
        List<Row> rows = rows(jobs, folder);
        ResultTable.lines(rows).forEach(out::println);
        out.println("The files they made are in " + outputs);
        judge(files, rows);
    }

    /** Waits for the processors to tell what they can do; they do so when they start. */
    private Set<String> available() {
        List<JsonNode> operations = new ArrayList<>();
        boolean announced =
                Wait.until(
                        ANNOUNCEMENT_LIMIT,
                        () -> {
                            operations.clear();
                            operations.addAll(client.operations());
                            return operations.stream().anyMatch(Demo::isAvailable);
                        });
        if (!announced) {
            throw new LaunchException("no processor has offered an operation");
        }
        operations.stream().filter(operation -> !isAvailable(operation)).forEach(this::explain);
        return operations.stream()
                .filter(Demo::isAvailable)
                .map(operation -> operation.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static boolean isAvailable(JsonNode operation) {
        return operation.path("available").asBoolean();
    }

    private void explain(JsonNode operation) {
        out.printf(
                "Left out: %s (%s)%n",
                operation.path("name").asText(), operation.path("unavailableReason").asText());
    }

    private void awaitEnd(List<String> jobs) {
        ProgressLine progress = ProgressLine.on(out);
        boolean ended =
                Wait.until(
                        LIMIT,
                        () -> {
                            List<JsonNode> now = jobs.stream().map(client::job).toList();
                            progress.show(now);
                            return now.stream().allMatch(Demo::hasEnded);
                        });
        progress.end();
        if (!ended) {
            throw new LaunchException("the jobs did not end within " + LIMIT.toSeconds() + " s");
        }
    }

    private static boolean hasEnded(JsonNode job) {
        return !OPEN.contains(job.path("state").asText());
    }

    private List<Row> rows(List<String> jobs, OutputFolder folder) {
        List<Row> rows = new ArrayList<>();
        for (String job : jobs) {
            for (JsonNode file : client.results(job)) {
                file.path("tasks")
                        .forEach(task -> rows.add(Row.of(task, folder.save(client, task))));
            }
        }
        return rows;
    }

    private static void judge(List<JsonNode> files, List<Row> rows) {
        List<String> names = files.stream().map(file -> file.path("name").asText()).toList();
        List<String> faults = Verdict.faults(names, rows);
        if (!faults.isEmpty()) {
            throw new LaunchException("something did not work: " + String.join("; ", faults));
        }
    }
}
