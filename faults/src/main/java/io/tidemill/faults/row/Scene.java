package io.tidemill.faults.row;

import io.tidemill.faults.load.Client;
import io.tidemill.faults.load.Ledger;
import io.tidemill.faults.load.Promise;
import io.tidemill.faults.load.Shape;
import io.tidemill.faults.load.Submitter;
import io.tidemill.faults.system.Plant;
import io.tidemill.faults.system.Timing;
import io.tidemill.faults.system.Unit;
import io.tidemill.local.process.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** What a row has in its hands: the system, chance, clients, and the list of what it did. */
public final class Scene {
    private final Plant plant;
    private final Timing timing;
    private final RandomGenerator random;
    private final Client client;
    private final Ledger ledger;
    private final Map<String, Integer> injected = new ConcurrentSkipListMap<>();

    public Scene(Plant plant, Timing timing, RandomGenerator random, Client client, Ledger ledger) {
        this.plant = plant;
        this.timing = timing;
        this.random = random;
        this.client = client;
        this.ledger = ledger;
    }

    Plant plant() {
        return plant;
    }

    Timing timing() {
        return timing;
    }

    Client client() {
        return client;
    }

    Ledger ledger() {
        return ledger;
    }

    Submitter submitter() {
        return new Submitter(client, ledger);
    }

    /** Notes something done to the system. */
    void did(String what) {
        did(what, 1);
    }

    void did(String what, int times) {
        if (times > 0) {
            injected.merge(what, times, Integer::sum);
        }
    }

    /** All that was done, and how often. */
    public Map<String, Integer> injected() {
        return Map.copyOf(injected);
    }

    int between(int low, int high) {
        return random.nextInt(low, high);
    }

    List<Unit> shuffled(List<Unit> units) {
        List<Unit> order = new ArrayList<>(units);
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, random.nextInt(i + 1));
        }
        return order;
    }

    /** Lets the fault last. */
    void last(Duration time) {
        Wait.until(time, () -> false);
    }

    /** Lets it last up to some seconds, at random. */
    void lastAbout(int seconds) {
        last(Duration.ofMillis(between(seconds * 500, seconds * 1_000)));
    }

    /**
     * @throws RowFailedException if the condition does not come true in time
     */
    void require(Duration limit, String what, BooleanSupplier condition) {
        if (!Wait.until(limit, condition)) {
            throw new RowFailedException("within " + limit.toSeconds() + " s: " + what);
        }
    }

    /** Submits one job beside the load, which must be accepted in the time. */
    Promise submit(Shape shape, int files, Duration limit) {
        return submitter()
                .submit(shape, files, limit)
                .orElseThrow(
                        () ->
                                new RowFailedException(
                                        "no job was accepted in " + limit.toSeconds() + " s"));
    }
}
