package io.tidemill.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private final Comparison comparison = new Comparison("race", "Who is fast");

    @Test
    void theMiddleOfTheRoundsCounts() {
        List.of(9.0, 1.0, 5.0).forEach(value -> comparison.add("hare", "speed", "m/s", value));
        assertEquals(Optional.of(5.0), comparison.median("hare", "speed"));
    }

    @Test
    void ofAnEvenNumberOfRoundsTheLowerMiddleCounts() {
        List.of(9.0, 1.0, 5.0, 6.0).forEach(value -> comparison.add("hare", "speed", "m/s", value));
        assertEquals(Optional.of(5.0), comparison.median("hare", "speed"));
    }

    @Test
    void whatWasNotMeasuredIsShownAsSuch() {
        comparison.add("hare", "speed", "m/s", 12.345);
        comparison.add("tortoise", "age", "years", 100);
        assertEquals(
                List.of(
                        "",
                        "Who is fast",
                        "          speed m/s  age years",
                        "hare          12.35          –",
                        "tortoise          –        100"),
                comparison.table().lines().toList());
        assertEquals(Optional.empty(), comparison.median("hare", "age"));
        assertEquals(Optional.empty(), comparison.median("fox", "speed"));
    }

    @Test
    void theValuesOfAllRoundsAreKept() {
        List.of(2.0, 1.0, 3.0).forEach(value -> comparison.add("hare", "speed", "m/s", value));
        assertEquals(
                List.of(
                        "{\"scenario\":\"race\",\"what\":\"speed\",\"value\":2.0,\"unit\":\"m/s\","
                                + "\"system\":\"hare\",\"rounds\":[2.0,1.0,3.0]}"),
                comparison.figures().stream().map(Object::toString).toList());
    }
}
