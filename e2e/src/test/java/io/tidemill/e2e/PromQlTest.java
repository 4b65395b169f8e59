package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {
    @Test
    void seriesAndLabelsAreFoundWhereverTheyStand() {
        PromQl read =
                PromQl.of(
                        """
                        1 - sum by (a, b) (rate(x_bucket{le="0.5", c=~"d|e{"}[5m]))
                          / on (b) group_left sum without (f) (increase(y_total[1h] offset 2d)) > 1.5e3
                        and job:z:ratio5m unless absent(w)""");
        assertEquals(Set.of("x_bucket", "y_total", "job:z:ratio5m", "w"), read.series());
        assertEquals(Set.of("a", "b", "c", "f", "le"), read.labels());
    }
}
