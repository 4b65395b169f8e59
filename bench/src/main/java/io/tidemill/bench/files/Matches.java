package io.tidemill.bench.files;

import io.tidemill.bench.measure.Comparison;
import io.tidemill.bench.measure.Report;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Plays several matches in turn, round after round, after some that only warm up. */
final class Matches {
    /** By then most of what a file passes through is compiled. */
    private static final int WARM_FILES = 900;

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

    private final OwnSystem own;
    private final Report report;
    private final int rounds;

    Matches(OwnSystem own, Report report, int rounds) {
        this.own = own;
        this.report = report;
        this.rounds = rounds;
    }

    /**
     * Plays them and prints the medians.
     *
     * @param title said above the table
     */
    void play(String scenario, String title, List<Match> matches)
            throws IOException, InterruptedException {
        System.out.println(scenario + ", warm-up");
        warmUp(new Comparison(scenario, "warm-up"), matches);
        Comparison comparison = new Comparison(scenario, title);
        for (int round = 1; round <= rounds; round++) {
            System.out.println(scenario + ", round %d".formatted(round));
            play(matches, comparison);
        }
        report.add(comparison);
    }

    private void warmUp(Comparison ignored, List<Match> matches)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        int files = 0;
        do {
            play(matches, ignored);
            files += matches.stream().mapToInt(match -> match.files().size()).sum();
        } while (files < WARM_FILES && System.nanoTime() < end);
    }

    private void play(List<Match> matches, Comparison comparison)
            throws IOException, InterruptedException {
        for (Match match : matches) {
            match.play(own, comparison);
        }
    }
}
