package io.tidemill.e2e;

import org.junit.jupiter.api.Assumptions;

/** Leaves a test out and says why in one line that the build's output shows. */
final class Skip {
    private Skip() {}

    static void unless(boolean possible, String why) {
        if (!possible) {
            System.out.println("SKIPPED: " + why);
        }
        Assumptions.assumeTrue(possible, why);
    }
}
