package io.tidemill.api.policy.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Arrivals that show what the policy is for. */
final class Scenes {
    static final String HEAVY = "heavy";
    static final int NORMAL = 1;

    private Scenes() {}

    /** Name of a light owner. */
    static String light(int n) {
        return "light-%04d".formatted(n);
    }

    /**
     * One owner comes with a backlog at the beginning; the others come with one file each, at
     * random times while the backlog would be worked off.
     *
     * @param owners all of them, the heavy one included
     */
    static List<Arrival> backlog(int backlog, int owners, int slots, long millis, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> all = new ArrayList<>();
        for (int i = 0; i < backlog; i++) {
            all.add(new Arrival(0, HEAVY, NORMAL, millis));
        }
        long most = Math.max(1, backlog * millis / slots * 9 / 10);
        for (int i = 1; i < owners; i++) {
            all.add(new Arrival(random.nextLong(most), light(i), NORMAL, millis));
        }
        return all;
    }

    /** Owners with the same amount of work each, in tasks of very different lengths. */
    static List<Arrival> unequal(int owners, long workOfEach) {
        List<Arrival> all = new ArrayList<>();
        for (int i = 0; i < owners; i++) {
            long millis = 10L << (i % 8);
            for (long done = 0; done < workOfEach; done += millis) {
                all.add(new Arrival(0, light(i), NORMAL, millis));
            }
        }
        return all;
    }

    /**
     * One owner whose urgent work alone would keep all slots busy for an hour, and now and then a
     * task of the lowest class.
     */
    static List<Arrival> urgent(int slots, long millis, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Arrival> all = new ArrayList<>();
        long hour = 3_600_000;
        long every = Math.max(1, millis / slots);
        for (long at = 0; at < hour; at += every) {
            all.add(new Arrival(at, HEAVY, 0, millis));
        }
        for (int i = 0; i < 100; i++) {
            all.add(new Arrival(random.nextLong(hour / 2), HEAVY, 2, millis));
        }
        return all;
    }
}
