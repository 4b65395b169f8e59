package io.tidemill.bench;

import io.tidemill.local.process.LaunchException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * How much is measured.
 *
 * @param streams idle streams on one replica
 * @param rate polls a second
 * @param time how long each load lasts
 * @param deliveries of webhooks; one call asks for 1 000 of an endpoint at most
 */
record BenchOptions(int streams, int rate, Duration time, int deliveries) {
    private static final int MOST = 1_000_000;
    private static final int MOST_DELIVERIES = 1_000;
    private static final BenchOptions USUAL =
            new BenchOptions(5_000, 1_000, Duration.ofSeconds(20), 1_000);

    /**
     * Reads the words after {@code bench}.
     *
     * @throws LaunchException when they make no sense
     */
    static BenchOptions parse(List<String> words) {
        Iterator<String> rest = words.iterator();
        if (!rest.hasNext() || !rest.next().equals("live")) {
            throw new LaunchException("bench needs to know what: ./tidemill bench live");
        }
        BenchOptions options = USUAL;
        while (rest.hasNext()) {
            String name = rest.next();
            int value = number(name, rest, name.equals("--deliveries") ? MOST_DELIVERIES : MOST);
            options =
                    switch (name) {
                        case "--streams" -> options.with(value, options.rate, options.deliveries);
                        case "--rate" -> options.with(options.streams, value, options.deliveries);
                        case "--deliveries" -> options.with(options.streams, options.rate, value);
                        case "--seconds" ->
                                new BenchOptions(
                                        options.streams,
                                        options.rate,
                                        Duration.ofSeconds(value),
                                        options.deliveries);
                        default -> throw new LaunchException("bench knows no option " + name);
                    };
        }
        return options;
    }

    private BenchOptions with(int newStreams, int newRate, int newDeliveries) {
        return new BenchOptions(newStreams, newRate, time, newDeliveries);
    }

    private static int number(String name, Iterator<String> rest, int most) {
        String value = rest.hasNext() ? rest.next() : "";
        if (!value.matches("[1-9]\\d{0,6}") || Integer.parseInt(value) > most) {
            throw new LaunchException(name + " needs a number from 1 to " + most);
        }
        return Integer.parseInt(value);
    }
}
