package io.tidemill.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tidemill.faults.check.Finding.Kind;
import io.tidemill.faults.load.Answer;
import io.tidemill.faults.load.Client;
import io.tidemill.faults.load.Ledger;
import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.SentFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what clients were told against what is there: every accepted job ended in one state that
 * all replicas tell alike, each file has exactly one result for each step, and it speaks of the
 * bytes that were sent.
 */
public final class SetChecker {
    private static final int READS_OF_EACH_REPLICA = 2;
    private static final Set<String> OPEN =
            Set.of("SCHEDULED", "QUEUED", "RUNNING", "PAUSED", "CANCELLING");

    private final Client client;
    private final Ledger ledger;
    private final List<Finding> findings = new ArrayList<>();
    private int ended;
    private int superseded;

    public SetChecker(Client client, Ledger ledger) {
        this.client = client;
        this.ledger = ledger;
    }

    /** Reads everything; call once, when nothing moves any more. */
    public Counts check() {
        checkKeys();
        Map<String, List<JsonNode>> seen = new HashMap<>();
        for (int read = 0; read < READS_OF_EACH_REPLICA * client.replicas(); read++) {
            JobReader reader = new JobReader(client, read);
            ledger.promises().forEach(promise -> read(reader, promise, seen));
        }
        ledger.promises()
                .forEach(promise -> judge(promise, seen.getOrDefault(promise.jobId(), List.of())));
        ledger.files().forEach(this::checkBytes);
        ledger.breaches().forEach(breach -> find(Kind.BREACH, breach));
        client.defects().forEach(defect -> find(Kind.BREACH, "status 500: " + defect));
        return counts();
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** The owner's jobs, all of them, must be one for each key. */
    private void checkKeys() {
        Set<String> references = new HashSet<>();
        for (JsonNode job : new JobReader(client, 0).all("/v1/jobs")) {
            String reference = job.path("clientReference").asText();
            if (!references.add(reference)) {
                find(Kind.DUPLICATED, "key " + reference + " has another job " + job.path("id"));
            }
        }
        for (Promise promise : ledger.promises()) {
            if (!references.contains(promise.key())) {
                find(Kind.LOST, "the list lacks job " + promise.jobId());
            }
        }
    }

    private static void read(JobReader reader, Promise promise, Map<String, List<JsonNode>> seen) {
        Answer job = reader.one(promise.path());
        if (job.ok()) {
            ArrayNode whole = JsonNodeFactory.instance.arrayNode();
            whole.add(job.json());
            reader.all(promise.path() + "/results").forEach(whole::add);
            seen.computeIfAbsent(promise.jobId(), _ -> new ArrayList<>()).add(whole);
        }
    }

    private void judge(Promise promise, List<JsonNode> reads) {
        if (reads.size() < READS_OF_EACH_REPLICA * client.replicas()) {
            find(Kind.LOST, "job " + promise.jobId() + " is not there in every answer");
            return;
        }
        JsonNode last = reads.getLast();
        if (OPEN.contains(last.path(0).path("state").asText())) {
            find(Kind.STUCK, "job " + last.path(0));
            return;
        }
        ended++;
        if (new HashSet<>(reads).size() > 1) {
            find(Kind.UNSTEADY, "job " + promise.jobId() + " is told differently: " + reads);
        }
        judgeTasks(promise, last);
    }

    private void judgeTasks(Promise promise, JsonNode read) {
        Map<String, TaskSeen> tasks = new HashMap<>();
        for (int i = 1; i < read.size(); i++) {
            for (JsonNode json : read.get(i).path("tasks")) {
                TaskSeen task = new TaskSeen(json);
                if (tasks.put(task.key(), task) != null) {
                    find(Kind.DUPLICATED, "two tasks: " + task);
                }
            }
        }
        for (SentFile file : promise.files()) {
            promise.shape()
                    .steps()
                    .forEach(
                            step ->
                                    judgeTask(
                                            file,
                                            tasks.remove(file.id() + " " + step.id()),
                                            promise));
        }
        tasks.values().forEach(task -> find(Kind.DUPLICATED, "nobody asked for " + task));
    }

    private void judgeTask(SentFile file, @Nullable TaskSeen task, Promise promise) {
        if (task == null || task.isOpen() || (task.succeeded() && !task.hasResult())) {
            find(
                    Kind.LOST,
                    "a result of job " + promise.jobId() + ", file " + file.id() + ": " + task);
            return;
        }
        superseded += task.outcomes("LOST");
        if (task.outcomes("SUCCEEDED") > 1) {
            find(Kind.DUPLICATED, "two successes of " + task);
        }
        if (task.isOverItsLimit()) {
            find(Kind.OVER_LIMIT, task.toString());
        }
        if (!task.succeeded()) {
            find(Kind.FAILED, task.errorCode() + ": " + task);
        } else if (!task.isTrueTo(file.sha256())) {
            find(Kind.CHECKSUM, "digest told by " + task);
        }
    }

    private void checkBytes(SentFile file) {
        Answer answer = new JobReader(client, 0).one("/v1/files/" + file.id() + "/content");
        if (!answer.ok()) {
            find(Kind.LOST, "bytes of " + file.id() + ": " + answer.status());
        } else if (!answer.body().equals(file.content())) {
            find(Kind.CHECKSUM, "bytes of " + file.id());
        }
    }

    private void find(Kind kind, String what) {
        findings.add(new Finding(kind, what));
    }

    private int count(Kind kind) {
        return (int) findings.stream().filter(finding -> finding.kind() == kind).count();
    }

    private Counts counts() {
        return new Counts(
                ledger.wanted(),
                ledger.promises().size(),
                ended,
                count(Kind.LOST),
                count(Kind.DUPLICATED),
                count(Kind.STUCK),
                count(Kind.UNSTEADY),
                count(Kind.FAILED),
                superseded,
                count(Kind.OVER_LIMIT),
                count(Kind.CHECKSUM));
    }
}
