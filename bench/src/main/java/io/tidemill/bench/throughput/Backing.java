package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PostgresCounters;
import io.tidemill.bench.measure.ProcessCost;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * What a peer keeps its jobs in.
 *
 * @param name of its process, in the tables
 */
record Backing(String name, Map<String, String> environment, Cost cost, Counting counting) {
    Backing {
        environment = Map.copyOf(environment);
    }

    /** What its process has cost so far. */
    interface Cost {
        ProcessCost now();
    }

    /** What it says it has done so far; empty if it is no PostgreSQL. */
    interface Counting {
        Optional<PostgresCounters> now() throws SQLException;
    }
}
