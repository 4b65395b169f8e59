package io.tidemill.api.policy.simulation;

import java.util.Locale;
import java.util.Map;

/**
 * One line of the table in {@code docs/scheduling.md}: one owner comes with a backlog, each of the
 * others with one file at some time.
 */
record Row(int owners, int slots, int backlog) {
    static final String HEAD =
            """
            | owners | slots | backlog of one | others wait, median | 99 % | longest | median, first come first served | slots busy |
            |---|---|---|---|---|---|---|---|
            """;

    private static final long SECOND = 1_000;
    private static final long SEED = 7;

    String line() {
        Outcome fair = play(true);
        long[] waits = fair.waits(Row::isLight);
        long[] before = play(false).waits(Row::isLight);
        return String.format(
                Locale.ROOT,
                "| %d | %d | %d | %.1f s | %.1f s | %.1f s | %.0f s | %.1f %% |%n",
                owners,
                slots,
                backlog,
                seconds(Outcome.percentile(waits, 0.5)),
                seconds(Outcome.percentile(waits, 0.99)),
                seconds(Outcome.percentile(waits, 1)),
                seconds(Outcome.percentile(before, 0.5)),
                100 * fair.utilisation());
    }

    Outcome play(boolean fair) {
        return new Simulation(slots, fair, Map.of(), SEED)
                .run(Scenes.backlog(backlog, owners, slots, SECOND, SEED));
    }

    private static double seconds(long millis) {
        return (double) millis / SECOND;
    }

    static boolean isLight(Arrival arrival) {
        return !arrival.owner().equals(Scenes.HEAVY);
    }
}
