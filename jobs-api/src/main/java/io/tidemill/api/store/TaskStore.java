package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.failpoint.Failpoint;
import io.tidemill.api.lifecycle.StopReason;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Applies what happens to tasks: one transaction a batch. */
@ApplicationScoped
public class TaskStore {
    private final Database database;
    private final BatchRun run;
    private final JobStops stops;
    private final OperationCosts costs;

    public TaskStore(Database database, BatchRun run, JobStops stops, OperationCosts costs) {
        this.database = database;
        this.run = run;
        this.stops = stops;
        this.costs = costs;
    }

    /** Applies these signals, in this order, and ends jobs of which too many tasks failed. */
    public Uni<Applied> apply(List<TaskReport> reports) {
        return reports.isEmpty()
                ? Uni.createFrom().item(Applied.NOTHING)
                : database.inTransaction(
                                connection ->
                                        apply(connection, reports)
                                                .invoke(
                                                        () ->
                                                                Failpoint.reached(
                                                                        "events.before-commit")))
                        .invoke(applied -> costs.add(applied.measured()));
    }

    private Uni<Applied> apply(SqlConnection connection, List<TaskReport> reports) {
        return run.run(connection, reports, true)
                .chain(
                        outcome ->
                                stops.stopAll(
                                                connection,
                                                outcome.overLimit(),
                                                StopReason.FAILURE_LIMIT_REACHED)
                                        .map(outcome.applied()::and));
    }
}
