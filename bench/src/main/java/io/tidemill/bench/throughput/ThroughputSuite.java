package io.tidemill.bench.throughput;

import io.tidemill.bench.suite.Option;
import io.tidemill.bench.suite.Session;
import io.tidemill.bench.suite.Suite;
import java.util.List;
import java.util.Locale;

/** Measures what a task costs, beside other systems that do as little. */
public final class ThroughputSuite implements Suite {
    private static final Option TASKS = new Option("--tasks", 10_000, 1_000_000);
    private static final Option ROUNDS = new Option("--rounds", 3, 100);
    private static final int MANY = 100;
    private static final int UNDER_WAY_OF_MANY = 16;
    private static final int UNDER_WAY_OF_ONE = 128;

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Option> options() {
        return List.of(TASKS, ROUNDS);
    }

    @Override
    public void run(Session session) throws Exception {
        int count = session.choices().of(TASKS);
        Scoreboard scores = new Scoreboard();
        try (StandingSystem system = StandingSystem.start(session.home(), session.folder());
                ApiClient client = new ApiClient(system.url())) {
            List<String> files = client.upload(MANY);
            List<Contender> contenders =
                    List.of(
                            new OwnJobs(system, client, files, UNDER_WAY_OF_MANY),
                            new OwnJobs(system, client, files.subList(0, 1), UNDER_WAY_OF_ONE));
            for (int round = 0; round <= session.choices().of(ROUNDS); round++) {
                for (Contender contender : contenders) {
                    Outcome outcome = contender.round(count);
                    System.out.printf(
                            Locale.ROOT,
                            "%s %s: %.0f tasks/s%n",
                            round == 0 ? "warm-up" : "round " + round,
                            contender.name(),
                            outcome.rate());
                    if (round > 0) {
                        scores.add(contender.name(), outcome);
                    }
                }
            }
        }
        scores.print(session.report());
    }
}
