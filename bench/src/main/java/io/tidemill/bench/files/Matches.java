package io.tidemill.bench.files;

import io.tidemill.bench.measure.Comparison;
import io.tidemill.bench.measure.Report;
import java.io.IOException;
import java.util.List;

/** Plays several matches in turn, round after round, after one that only warms up. */
final class Matches {
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
        Comparison comparison = new Comparison(scenario, title);
        for (int round = 0; round <= rounds; round++) {
            System.out.println(
                    scenario + (round == 0 ? ", warm-up" : ", round %d".formatted(round)));
            for (Match match : matches) {
                match.play(own, round == 0 ? new Comparison(scenario, "warm-up") : comparison);
            }
        }
        report.add(comparison);
    }
}
