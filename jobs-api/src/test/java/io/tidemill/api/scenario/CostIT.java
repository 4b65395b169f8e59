package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.estimate.Cost;
import io.tidemill.api.estimate.Durations;
import io.tidemill.api.estimate.Sizes;
import io.tidemill.api.store.CostStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What operations cost, kept by several replicas at once. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class CostIT extends Scenario {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 40;

    private final String one = "a-" + UUID.randomUUID();
    private final String two = "b-" + UUID.randomUUID();
    @Inject CostStore store;

    private Cost cost(String operation) {
        return Objects.requireNonNull(store.all().await().atMost(PATIENCE).get(operation));
    }

    private void add(String operation, long... millis) {
        Durations sum = new Durations(0, 0, 0, Sizes.NONE);
        for (long one : millis) {
            sum = sum.plus(Durations.of(one, 0));
        }
        store.add(Map.of(operation, sum)).await().atMost(PATIENCE);
    }

    @Test
    void whatReplicasAddAtOnceIsAllThereAndNobodyWaitsInACircle() {
        Map<String, Durations> forth = new LinkedHashMap<>();
        forth.put(one, Durations.of(100, 0));
        forth.put(two, Durations.of(300, 0));
        Map<String, Durations> back = new LinkedHashMap<>();
        back.put(two, Durations.of(300, 0));
        back.put(one, Durations.of(100, 0));
        List<Uni<Void>> all = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            all.add(store.add(i % 2 == 0 ? forth : back));
        }
        Uni.join().all(all).andFailFast().await().atMost(PATIENCE);
        assertEquals(ROUNDS, cost(one).measured());
        assertEquals(100, cost(one).meanMillis(), 1e-6);
        assertEquals(300, cost(two).meanMillis(), 1e-6);
        assertEquals(300 * 300, cost(two).meanSquare(), 1e-4);
    }

    @Test
    void oneByOneOrTogetherEveryMeasurementCountsAndLaterOnesMore() {
        for (int i = 0; i < 10; i++) {
            add(one, 1_000);
        }
        add(one, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000, 3_000);
        double mean = cost(one).meanMillis();
        double weightOfEarlier = Math.pow(Cost.FADING, 10);
        assertEquals((1_000 * weightOfEarlier + 3_000) / (1 + weightOfEarlier), mean, 1e-6);
        assertEquals(0.5, cost(one).spread(), 0.01);
    }

    @Test
    void manyMeasurementsAreForgottenInTheEnd() {
        add(one, 1_000);
        store.add(Map.of(one, new Durations(1_000_000, 5e6, 25e6, Sizes.NONE)))
                .await()
                .atMost(PATIENCE);
        assertEquals(5, cost(one).meanMillis(), 1e-6);
        add(one, 205);
        assertEquals(6, cost(one).meanMillis(), 1e-6);
    }

    @Test
    void howTimesGoWithSizesIsKept() {
        Durations sum = Durations.of(200, 1_000).plus(Durations.of(400, 3_000));
        for (int i = 0; i < Cost.ENOUGH; i++) {
            store.add(Map.of(one, sum)).await().atMost(PATIENCE);
        }
        assertEquals(300, cost(one).millis(2_000L), 1e-6);
        assertEquals(1_000, cost(one).millis(9_000L), 1e-6);
        assertEquals(0.1, cost(one).spread(), 1e-6);
    }
}
