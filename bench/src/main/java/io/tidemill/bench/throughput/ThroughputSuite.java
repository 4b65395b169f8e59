package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.Report;
import io.tidemill.bench.standing.ApiClient;
import io.tidemill.bench.standing.StandingSystem;
import io.tidemill.bench.suite.Choices;
import io.tidemill.bench.suite.Option;
import io.tidemill.bench.suite.Session;
import io.tidemill.bench.suite.Suite;
import io.tidemill.local.folder.Folders;
import io.tidemill.local.process.LaunchException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures what a task costs, beside other systems that do as little. */
public final class ThroughputSuite implements Suite {
    private static final Option TASKS = new Option("--tasks", 10_000, 1_000_000);
    private static final Option ROUNDS = new Option("--rounds", 3, 100);
    private static final Option STARTS = new Option("--starts", 100, 10_000);
    private static final Option SECONDS = new Option("--seconds", 20, 3_600);
    private static final Option UPLOADS = new Option("--uploads", 50, 190);
    private static final Option MEGABYTES = new Option("--megabytes", 100, 2_000);
    private static final int MANY = 100;
    private static final int UNDER_WAY_OF_MANY = 16;
    private static final int UNDER_WAY_OF_ONE = 64;

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public List<Option> options() {
        return List.of(TASKS, ROUNDS, STARTS, SECONDS, UPLOADS, MEGABYTES);
    }

    /** Of what the systems keep, only the stored files, which may be large, go at the end. */
    @Override
    public void run(Session session) throws Exception {
        Path folder = session.folder().resolve("tidemill");
        try {
            measure(session, folder);
        } finally {
            Folders.delete(folder.resolve("storage"));
        }
    }

    private void measure(Session session, Path folder) throws Exception {
        Choices choices = session.choices();
        Report report = session.report();
        try (StandingSystem system = StandingSystem.start(session.home(), folder);
                ApiClient client = new ApiClient(system.url())) {
            compare(session, system, client);
            new StartLatency(system, client, report).run(choices.of(STARTS));
            new Submissions(system, client, report).run(choices.of(ROUNDS));
            new BusyApi(system, client, report)
                    .run(choices.of(SECONDS), choices.of(UPLOADS), choices.of(MEGABYTES));
        }
    }

    /** Our own processes stay, so they warm up before; those of peers are new in each round. */
    private void compare(Session session, StandingSystem system, ApiClient client)
            throws Exception {
        Scoreboard scores = new Scoreboard();
        List<Contender> own = own(system, client);
        List<Contender> contenders = new ArrayList<>(own);
        Path folder = session.folder().resolve("peers");
        try (Peers peers = Peers.start(session.home(), folder)) {
            contenders.addAll(peers.contenders());
            try (Connection database = system.database()) {
                Setting.print(database, contenders);
            }
            int tasks = session.choices().of(TASKS);
            for (Contender ours : own) {
                play(0, ours, tasks, scores);
            }
            new Idleness(system, session.report()).run();
            for (int round = 1; round <= session.choices().of(ROUNDS); round++) {
                for (Contender contender : List.copyOf(contenders)) {
                    if (!isPlayed(round, contender, tasks, scores)) {
                        contenders.remove(contender);
                    }
                }
            }
        } finally {
            scores.print(session.report());
        }
        session.report().add("throughput", "refused submissions", client.refusals(), "requests");
    }

    private static List<Contender> own(StandingSystem system, ApiClient client) {
        List<String> files = client.upload(MANY);
        return List.of(
                new OwnJobs(system, client, files, UNDER_WAY_OF_MANY),
                new OwnJobs(system, client, files.subList(0, 1), UNDER_WAY_OF_ONE));
    }

    /** A peer that fails is left out from then on; what is ours must not fail. */
    private static boolean isPlayed(int round, Contender contender, int tasks, Scoreboard scores)
            throws Exception {
        try {
            play(round, contender, tasks, scores);
            return true;
        } catch (LaunchException e) {
            if (contender.label().kind() == Label.Kind.OURS) {
                throw e;
            }
            System.out.println("Left out from now on: " + e.line());
            return false;
        }
    }

    private static void play(int round, Contender contender, int tasks, Scoreboard scores)
            throws Exception {
        Outcome outcome = contender.round(tasks);
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %.0f tasks/s%n",
                round == 0 ? "warm-up" : "round " + round,
                contender.label().name(),
                outcome.rate());
        if (round > 0) {
            scores.add(contender.label(), outcome);
        }
    }
}
