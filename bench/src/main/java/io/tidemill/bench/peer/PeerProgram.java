package io.tidemill.bench.peer;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The orders a peer takes: a line {@code run N} lets it do N jobs, after which it says {@code done}
 * and how many nanoseconds it took. It ends with its input.
 */
final class PeerProgram {
    private static final String RUN = "run ";

    private PeerProgram() {}

    static void serve(PeerWork work) throws Exception {
        try (work;
                BufferedReader orders =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = orders.readLine(); line != null; line = orders.readLine()) {
                long begin = System.nanoTime();
                work.run(Integer.parseInt(line.substring(RUN.length())));
                System.out.println("done " + (System.nanoTime() - begin));
            }
        }
    }
}
