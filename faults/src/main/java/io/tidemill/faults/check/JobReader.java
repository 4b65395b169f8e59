package io.tidemill.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemill.faults.load.Answer;
import io.tidemill.faults.load.Client;
import io.tidemill.local.process.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Reads whole lists, page by page, from one replica. */
final class JobReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Client client;
    private final int replica;

    JobReader(Client client, int replica) {
        this.client = client;
        this.replica = replica;
    }

    Answer one(String path) {
        AtomicReference<Answer> last = new AtomicReference<>();
        Wait.until(
                PATIENCE,
                () -> {
                    last.set(client.get(replica, path));
                    return last.get().ok() || last.get().status() == 404;
                });
        return last.get();
    }

    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode page = one(path + "?limit=500").json();
        page.path("items").forEach(items::add);
        while (page.hasNonNull("nextCursor")) {
            String cursor = page.path("nextCursor").asText();
            page = one(path + "?limit=500&cursor=" + cursor).json();
            page.path("items").forEach(items::add);
        }
        return items;
    }
}
