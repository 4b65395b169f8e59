package io.tidemill.faults.load;

import io.tidemill.local.process.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Uploads files and submits jobs as a careful client does: with a key, again until answered. */
public final class Submitter {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Client client;
    private final Ledger ledger;

    public Submitter(Client client, Ledger ledger) {
        this.client = client;
        this.ledger = ledger;
    }

    /** Returns when the job is accepted; empty if it was not within the time. */
    public Optional<Promise> submit(Shape shape, int files, Duration patience) {
        List<SentFile> sent = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            upload(patience).ifPresent(sent::add);
        }
        return sent.size() < files ? Optional.empty() : submit(newKey(), sent, shape, patience);
    }

    public static String newKey() {
        return UUID.randomUUID().toString();
    }

    /** The same, for files that are there and a key that others may use, too. */
    public Optional<Promise> submit(
            String key, List<SentFile> files, Shape shape, Duration patience) {
        ledger.wanted(key);
        String body = shape.body(files, key);
        Map<String, String> headers =
                Map.of("Content-Type", "application/json", "Idempotency-Key", key);
        Answer answer = insist(patience, () -> client.post("/v1/jobs", headers, body));
        if (!answer.ok()) {
            refused("submission", answer);
            return Optional.empty();
        }
        Promise promise = new Promise(key, answer.json().path("id").asText(), files, shape);
        ledger.told(promise);
        return Optional.of(promise);
    }

    /** Returns when the file is acknowledged; empty if it was not within the time. */
    public Optional<SentFile> upload(Duration patience) {
        String content = content();
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "text/plain",
                        "Content-Disposition",
                        "attachment; filename=\"drill.txt\"",
                        "Idempotency-Key",
                        newKey());
        Answer answer = insist(patience, () -> client.post("/v1/files", headers, content));
        if (!answer.ok()) {
            refused("upload", answer);
            return Optional.empty();
        }
        SentFile file = new SentFile(answer.json().path("id").asText(), content);
        ledger.uploaded(file);
        return Optional.of(file);
    }

    /** What is good today must not be refused for good, whatever is broken. */
    private void refused(String what, Answer answer) {
        if (!answer.again()) {
            ledger.breach("a " + what + " was refused: " + answer.status() + " " + answer.body());
        }
    }

    private static String content() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        StringBuilder text = new StringBuilder("A drill: ");
        random.ints(random.nextInt(20, 400), ' ', '~' + 1).forEach(text::appendCodePoint);
        return text.toString();
    }

    private static Answer insist(Duration patience, Supplier<Answer> call) {
        AtomicReference<Answer> last = new AtomicReference<>(Answer.none("not asked"));
        long end = System.nanoTime() + patience.toNanos();
        do {
            last.set(call.get());
        } while (last.get().again()
                && System.nanoTime() < end
                && !Wait.until(PAUSE, () -> false)
                && !Thread.currentThread().isInterrupted());
        return last.get();
    }
}
