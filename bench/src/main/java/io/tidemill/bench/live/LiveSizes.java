package io.tidemill.bench.live;

import io.tidemill.bench.suite.Choices;
import io.tidemill.bench.suite.Option;
import java.time.Duration;
import java.util.List;

/**
 * How much the suite measures.
 *
 * @param streams idle streams on one replica
 * @param rate polls a second
 * @param time how long each load lasts
 * @param deliveries of webhooks; one call asks for 1 000 of an endpoint at most
 */
record LiveSizes(int streams, int rate, Duration time, int deliveries) {
    private static final int MOST = 1_000_000;
    private static final Option STREAMS = new Option("--streams", 5_000, MOST);
    private static final Option RATE = new Option("--rate", 1_000, MOST);
    private static final Option SECONDS = new Option("--seconds", 20, 3_600);
    private static final Option DELIVERIES = new Option("--deliveries", 1_000, 1_000);
    static final List<Option> OPTIONS = List.of(STREAMS, RATE, SECONDS, DELIVERIES);

    static LiveSizes of(Choices choices) {
        return new LiveSizes(
                choices.of(STREAMS),
                choices.of(RATE),
                Duration.ofSeconds(choices.of(SECONDS)),
                choices.of(DELIVERIES));
    }
}
