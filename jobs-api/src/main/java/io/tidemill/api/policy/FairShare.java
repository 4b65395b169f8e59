package io.tidemill.api.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Shares processors among owners by deficit round robin (Shreedhar and Varghese, 1995): owners take
 * turns, and at each turn an owner is given working time in proportion to its weight, and sends
 * tasks while it has some. Unlike there, the last task of a turn may use more time than is left,
 * which the owner then waits for; so a turn is never in vain however long a task is, and somebody
 * new waits for at most one bundle, or one long task, of every other owner.
 *
 * <p>Within an owner, {@link OwnerLine} decides.
 */
public final class FairShare {
    private final long bundleMillis;
    private final int maxBundleTasks;
    private final int shares;
    private final RandomGenerator lots;

    /**
     * The policy.
     *
     * @param bundleMillis expected work of a bundle; what an owner of weight 1 is given at a turn
     * @param maxBundleTasks tasks in a bundle at most
     * @param shares tasks are spread over at least this many bundles, if there are as many, so that
     *     idle slots share a small job
     */
    public FairShare(long bundleMillis, int maxBundleTasks, int shares, RandomGenerator lots) {
        this.bundleMillis = bundleMillis;
        this.maxBundleTasks = maxBundleTasks;
        this.shares = shares;
        this.lots = lots;
    }

    /**
     * Chooses what goes now.
     *
     * @param ring owners with waiting tasks, in the order of their turns
     * @param room bundles
     * @param allowances used up as tasks go
     */
    public Choice choose(List<Turn> ring, int room, Allowances allowances, long nowMillis) {
        int waiting = ring.stream().mapToInt(turn -> turn.tasks().size()).sum();
        int most = Math.clamp(Math.ceilDiv(waiting, shares), 1, maxBundleTasks);
        Bundles bundles = new Bundles(bundleMillis, most, room);
        List<Standing> standings =
                ring.stream().map(turn -> new Standing(turn, allowances, nowMillis)).toList();
        Round round = new Round(standings, bundles);
        round.run();
        Map<String, Double> deficits = new LinkedHashMap<>();
        standings.forEach(standing -> deficits.put(standing.turn.owner(), standing.rest()));
        return new Choice(bundles.all(), deficits, round.last, round.full);
    }

    /** Laps of turns, until nothing more may go or nothing more fits. */
    private static final class Round {
        private final List<Standing> standings;
        private final Bundles bundles;
        private @Nullable String last;
        private boolean full;

        Round(List<Standing> standings, Bundles bundles) {
            this.standings = standings;
            this.bundles = bundles;
        }

        void run() {
            List<Standing> able = able();
            while (!full && !able.isEmpty()) {
                double inVain = able.stream().mapToDouble(Standing::lapsInVain).min().orElseThrow();
                able.forEach(standing -> standing.give(inVain));
                able.forEach(this::turn);
                able = able();
            }
        }

        private List<Standing> able() {
            return standings.stream().filter(Standing::isAble).toList();
        }

        private void turn(Standing standing) {
            if (full) {
                return;
            }
            standing.give(1);
            full = !standing.send(bundles);
            if (full) {
                // The next round begins with the rest of this turn.
                standing.give(-1);
            } else {
                last = standing.turn.owner();
            }
        }
    }

    /** An owner while the choice is made. */
    private final class Standing {
        private final Turn turn;
        private final Allowances allowances;
        private final OwnerLine line;
        private double deficit;

        Standing(Turn turn, Allowances allowances, long nowMillis) {
            this.turn = turn;
            this.allowances = allowances;
            this.line = new OwnerLine(turn.tasks(), nowMillis, lots);
            this.deficit = turn.deficitMillis();
        }

        private boolean mayGo(WaitingTask task) {
            return allowances.allow(task.owner(), task.operation());
        }

        boolean isAble() {
            return line.choose(this::mayGo) != null;
        }

        /** How many turns only pay for what was used in advance. */
        double lapsInVain() {
            return deficit >= 0 ? 0 : Math.floor(-deficit / quantum());
        }

        void give(double laps) {
            deficit += laps * quantum();
        }

        private double quantum() {
            return bundleMillis * turn.weight();
        }

        /** Sends while there is time left; whether the turn is over. */
        boolean send(Bundles bundles) {
            WaitingTask task = line.choose(this::mayGo);
            while (deficit > 0 && task != null) {
                if (!bundles.add(task)) {
                    return false;
                }
                deficit -= task.millis();
                line.remove(task);
                allowances.use(task);
                task = line.choose(this::mayGo);
            }
            return line.isEmpty() || deficit <= 0 || !allowances.areUsedUp();
        }

        /** Who has nothing waiting, or may not send it, saves up no time. */
        double rest() {
            boolean waits = !line.isEmpty() || turn.more();
            return waits && (deficit < 0 || isAble()) ? deficit : 0;
        }
    }
}
