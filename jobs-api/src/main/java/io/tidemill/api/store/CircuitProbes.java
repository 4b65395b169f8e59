package io.tidemill.api.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.store.CircuitStore.Standing;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Picks the single tasks that show whether an operation works again, for the dispatcher. */
@ApplicationScoped
class CircuitProbes {
    private static final String PICK_PROBE =
            """
            select id, operation from task
            where task_queue = $1 and state = 'QUEUED' and not held and due_time <= now() and operation = $2
            limit 1 for update skip locked""";

    private final CircuitStore circuits;

    /** A task that is sent to see what happens. */
    private record Probe(UUID id, String operation) {}

    CircuitProbes(CircuitStore circuits) {
        this.circuits = circuits;
    }

    /** One task for each operation of which it is time to see whether it works again. */
    Uni<List<UUID>> due(
            SqlConnection connection, String taskQueue, Collection<Standing> standings) {
        return standings.stream().noneMatch(Standing::probeDue)
                ? Uni.createFrom().item(List.of())
                : circuits.claimProbes(connection)
                        .chain(
                                operations ->
                                        tasks(connection, taskQueue, operations)
                                                .call(
                                                        probes ->
                                                                circuits.returnProbes(
                                                                        connection,
                                                                        unused(operations, probes)))
                                                .map(
                                                        probes ->
                                                                probes.stream()
                                                                        .map(Probe::id)
                                                                        .toList()));
    }

    private static Uni<List<Probe>> tasks(
            SqlConnection connection, String taskQueue, List<String> operations) {
        return Multi.createFrom()
                .iterable(operations)
                .onItem()
                .transformToUniAndConcatenate(
                        operation ->
                                connection
                                        .preparedQuery(PICK_PROBE)
                                        .execute(Tuple.of(taskQueue, operation))
                                        .map(CircuitProbes::probes))
                .collect()
                .asList()
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private static List<Probe> probes(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Probe(row.getUUID("id"), row.getString("operation")))
                .toList();
    }

    private static Set<String> unused(List<String> operations, List<Probe> probes) {
        Set<String> unused = new HashSet<>(operations);
        probes.forEach(probe -> unused.remove(probe.operation()));
        return unused;
    }
}
