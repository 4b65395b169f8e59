package io.tidemill.api.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Every small tally, for tests that try all of them. */
public final class Tallies {
    private static final int FIELDS = 8;

    private Tallies() {}

    /** All tallies with up to {@code most} tasks in each place; (most + 1)^8 of them. */
    public static List<Tally> upTo(int most) {
        int base = most + 1;
        int count = IntStream.range(0, FIELDS).reduce(1, (product, _) -> product * base);
        List<Tally> tallies = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int[] n = new int[FIELDS];
            for (int field = 0, rest = i; field < FIELDS; field++, rest /= base) {
                n[field] = rest % base;
            }
            tallies.add(new Tally(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]));
        }
        return tallies;
    }
}
