package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.CircuitStore.Standing;
import io.tidemill.api.store.LimitStore.Limits;
import io.tidemill.api.store.LimitStore.Running;
import io.tidemill.api.store.LoadStore.Waiting;
import io.tidemill.api.store.QueuePicture.Backlog;
import io.tidemill.contract.OperationDescriptor;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks at all task queues: at counters of open jobs, at what processors have in hand, at limits,
 * rates and circuits; never at what waits. Locks nothing.
 */
@ApplicationScoped
public class QueueStore {
    private final Database database;
    private final CircuitStore circuits;
    private final OperationLookup operations;
    private final OperationCosts costs;

    QueueStore(
            Database database,
            CircuitStore circuits,
            OperationLookup operations,
            OperationCosts costs) {
        this.database = database;
        this.circuits = circuits;
        this.operations = operations;
        this.costs = costs;
    }

    public Uni<QueuePicture> look() {
        return database.connected(this::look);
    }

    private Uni<QueuePicture> look(SqlConnection connection) {
        long begin = System.nanoTime();
        Uni<Limits> limits =
                Uni.combine()
                        .all()
                        .unis(
                                LimitStore.list(connection, LimitStore.LIMITS, LimitStore::limit),
                                LimitStore.list(connection, LimitStore.RATES, LimitStore::rate),
                                LimitStore.running(connection))
                        .with(Limits::new);
        return Uni.combine()
                .all()
                .unis(limits, circuits.all(connection), LoadStore.waiting(connection))
                .with((set, standings, waiting) -> picture(set, standings, waiting, begin));
    }

    private QueuePicture picture(
            Limits set, Map<String, Standing> standings, List<Waiting> waiting, long begin) {
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new QueuePicture(
                set, standings, backlogs(waiting, set.running()), this::millis, took);
    }

    /** Counters of jobs do not tell what was sent from what waits. */
    private List<Backlog> backlogs(List<Waiting> waiting, List<Running> running) {
        Map<List<String>, Integer> sent = new HashMap<>();
        running.forEach(
                one -> sent.merge(List.of(one.owner(), one.operation()), one.sent(), Integer::sum));
        return waiting.stream().flatMap(one -> backlog(one, sent)).toList();
    }

    private Stream<Backlog> backlog(Waiting one, Map<List<String>, Integer> sent) {
        long left = one.tasks() - sent.getOrDefault(List.of(one.owner(), one.operation()), 0);
        return operations
                .find(one.operation())
                .filter(_ -> left > 0)
                .map(OperationDescriptor::taskQueue)
                .map(queue -> new Backlog(one.owner(), queue, one.operation(), left))
                .stream();
    }

    /** One that this installation no longer has is never sent. */
    private int millis(String operation) {
        return operations.find(operation).map(found -> costs.weight(found, null)).orElse(1);
    }
}
