package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.estimate.QueuedTask.Brake;
import io.tidemill.api.policy.Allowance;
import io.tidemill.api.policy.Allowances;
import io.tidemill.api.store.LimitStore.Limit;
import io.tidemill.api.store.LimitStore.Limits;
import io.tidemill.api.store.LimitStore.Rate;
import io.tidemill.api.store.LimitStore.Running;
import io.tidemill.api.store.LimitStore.Scope;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one dispatch may send, within its transaction. The rows of rates stay locked until it
 * commits, so replicas and task queues take tokens one after the other.
 */
final class DispatchLimits {
    private static final String LOCK_RATES = LimitStore.RATES + " for update";

    private static final String TAKE =
            """
            update rate_limit r set full_time = n.full_time
            from unnest($1::text[], $2::timestamptz[]) as n(name, full_time) where r.name = n.name""";

    private final Limits limits;
    private final Map<Rate, Allowance> tokens = new HashMap<>();

    private DispatchLimits(Limits limits) {
        this.limits = limits;
        limits.rates().forEach(rate -> tokens.put(rate, new Allowance(rate.available())));
    }

    /** Asks for what runs only if that is limited; asks for the rest at once. */
    static Uni<DispatchLimits> load(SqlConnection connection) {
        return Uni.combine()
                .all()
                .unis(
                        LimitStore.list(connection, LimitStore.LIMITS, LimitStore::limit),
                        LimitStore.list(connection, LOCK_RATES, LimitStore::rate))
                .asTuple()
                .chain(
                        set ->
                                running(connection, set.getItem1())
                                        .map(
                                                running ->
                                                        new DispatchLimits(
                                                                new Limits(
                                                                        set.getItem1(),
                                                                        set.getItem2(),
                                                                        running))));
    }

    /** What was read without a lock; to look at, not to send by. */
    static DispatchLimits of(Limits limits) {
        return new DispatchLimits(limits);
    }

    private static Uni<List<Running>> running(SqlConnection connection, List<Limit> limits) {
        return limits.stream().allMatch(limit -> limit.maxRunning() == null)
                ? Uni.createFrom().item(List.of())
                : LimitStore.running(connection);
    }

    /** The share of an owner. */
    double weight(String owner) {
        return LimitStore.ofOwner(limits.limits(), owner)
                .map(Limit::weight)
                .map(Double::doubleValue)
                .orElse(1.0);
    }

    /** Owners that may not have more running. */
    Set<String> barredOwners() {
        Set<String> owners =
                limits.limits().stream()
                        .filter(limit -> limit.scope() == Scope.OWNER)
                        .map(Limit::name)
                        .collect(Collectors.toCollection(HashSet::new));
        limits.running().forEach(running -> owners.add(running.owner()));
        owners.removeIf(owner -> left(Scope.OWNER, owner).filter(left -> left <= 0).isEmpty());
        return owners;
    }

    /** Operations of which no more may run now, or that may not begin now. */
    Set<String> barredOperations() {
        Set<String> operations = new HashSet<>();
        limits.limits().stream()
                .filter(limit -> limit.scope() == Scope.OPERATION)
                .map(Limit::name)
                .filter(name -> left(Scope.OPERATION, name).filter(left -> left <= 0).isPresent())
                .forEach(operations::add);
        limits.rates().stream()
                .filter(rate -> rate.available() == 0)
                .forEach(rate -> operations.addAll(rate.operations()));
        return operations;
    }

    /** What owners with waiting tasks may send in this round. */
    Allowances allowances(String taskQueue, Collection<String> owners) {
        Allowances allowances = new Allowances();
        left(Scope.TASK_QUEUE, taskQueue).map(Allowance::new).ifPresent(allowances::all);
        for (String owner : owners) {
            left(Scope.OWNER, owner)
                    .map(Allowance::new)
                    .ifPresent(allowance -> allowances.owner(owner, allowance));
        }
        limits.limits().stream()
                .filter(limit -> limit.scope() == Scope.OPERATION)
                .map(Limit::name)
                .forEach(
                        name ->
                                left(Scope.OPERATION, name)
                                        .map(Allowance::new)
                                        .ifPresent(
                                                allowance ->
                                                        allowances.operation(name, allowance)));
        tokens.forEach(
                (rate, allowance) ->
                        rate.operations().forEach(name -> allowances.operation(name, allowance)));
        return allowances;
    }

    /** Whether as many run as may, of whatever the task falls under. */
    boolean isFull(String taskQueue, String owner, String operation) {
        return !brakes(taskQueue, owner, operation, _ -> 0).isEmpty();
    }

    /**
     * The limits that a task falls under and that are used up.
     *
     * @param millis working time that is left in tasks that run
     */
    List<Brake> brakes(
            String taskQueue, String owner, String operation, ToDoubleFunction<Running> millis) {
        List<Brake> brakes = new ArrayList<>();
        Map.of(Scope.TASK_QUEUE, taskQueue, Scope.OWNER, owner, Scope.OPERATION, operation)
                .forEach(
                        (scope, name) ->
                                limit(scope, name)
                                        .map(Limit::maxRunning)
                                        .filter(most -> most <= limits.running(scope, name))
                                        .map(most -> brake(scope, name, most, millis))
                                        .ifPresent(brakes::add));
        return brakes;
    }

    private Brake brake(Scope scope, String name, int most, ToDoubleFunction<Running> millis) {
        double left = limits.runningOf(scope, name).mapToDouble(millis).sum();
        return new Brake(most, left, scope == Scope.OWNER);
    }

    /** Whether a rate of the operation has no token. */
    boolean isSpent(String operation, Instant now) {
        return ratesOf(operation).anyMatch(rate -> rate.bucket().available(now) == 0);
    }

    /** How long until all its rates have that many tokens. */
    Duration untilTokens(String operation, int tokens, Instant now) {
        return ratesOf(operation)
                .map(rate -> rate.bucket().until(tokens, now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private Stream<Rate> ratesOf(String operation) {
        return limits.rates().stream().filter(rate -> rate.operations().contains(operation));
    }

    /** How many more may run; empty: any number. */
    private Optional<Integer> left(Scope scope, String name) {
        return limit(scope, name)
                .map(Limit::maxRunning)
                .map(most -> most - limits.running(scope, name));
    }

    private Optional<Limit> limit(Scope scope, String name) {
        return scope == Scope.OWNER
                ? LimitStore.ofOwner(limits.limits(), name)
                : limits.limits().stream()
                        .filter(one -> one.scope() == scope && one.name().equals(name))
                        .findFirst();
    }

    /** Takes the tokens of what went. */
    Uni<Void> take(SqlConnection connection) {
        List<Rate> drawn = limits.rates().stream().filter(rate -> used(rate).used() > 0).toList();
        return drawn.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(TAKE)
                        .execute(
                                Tuple.of(
                                        Sql.texts(drawn, Rate::name),
                                        drawn.stream()
                                                .map(
                                                        rate ->
                                                                rate.bucket()
                                                                        .take(
                                                                                used(rate).used(),
                                                                                rate.now()))
                                                .map(bucket -> Sql.offset(bucket.fullTime()))
                                                .toArray(OffsetDateTime[]::new)))
                        .replaceWithVoid();
    }

    /** How long until a rate that has given all it had gives more; null when there is none. */
    @Nullable Duration untilNext() {
        return limits.rates().stream()
                .map(
                        rate ->
                                Map.entry(
                                        rate.bucket().take(used(rate).used(), rate.now()),
                                        rate.now()))
                .filter(entry -> entry.getKey().available(entry.getValue()) == 0)
                .map(entry -> entry.getKey().untilNext(entry.getValue()))
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private Allowance used(Rate rate) {
        return Objects.requireNonNull(tokens.get(rate));
    }
}
