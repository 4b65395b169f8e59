package io.tidemill.api.store;

import io.smallrye.mutiny.Uni;
import io.tidemill.api.estimate.Cost;
import io.tidemill.api.estimate.Durations;
import io.tidemill.api.estimate.Sizes;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Keeps what operations were measured to cost. */
@ApplicationScoped
public class CostStore {
    // Every replica adds its own to what is there then, in the order of the names, so nothing is
    // lost and nobody waits in
    // a circle. n measurements at once weigh as much as one after the other: (1 - f^n) / (1 - f).
    private static final String ADD =
            """
            insert into operation_cost as c (operation, measured, mean_millis, mean_square, mean_bytes, mean_bytes_square, mean_product)
            select n.* from unnest($1::text[], $2::bigint[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::float8[])
              as n(operation, measured, mean, square, bytes, bytes_square, product)
            order by n.operation
            on conflict (operation) do update set
              measured = c.measured + excluded.measured,
              mean_millis = c.mean_millis + SHARE * (excluded.mean_millis - c.mean_millis),
              mean_square = c.mean_square + SHARE * (excluded.mean_square - c.mean_square),
              mean_bytes = c.mean_bytes + SHARE * (excluded.mean_bytes - c.mean_bytes),
              mean_bytes_square = c.mean_bytes_square + SHARE * (excluded.mean_bytes_square - c.mean_bytes_square),
              mean_product = c.mean_product + SHARE * (excluded.mean_product - c.mean_product),
              update_time = now()"""
                    .replace(
                            "SHARE",
                            "(1 - faded(excluded.measured)) / (1 - faded(c.measured + excluded.measured))")
                    .replaceAll(
                            "faded\\((.*?)\\)",
                            "power(" + Cost.FADING + "::float8, least(10000, $1)::float8)");

    private static final String ALL =
            "select operation, measured, mean_millis, mean_square, mean_bytes, mean_bytes_square, mean_product from operation_cost";

    private final Database database;

    public CostStore(Database database) {
        this.database = database;
    }

    /** Adds measurements. */
    public Uni<Void> add(Map<String, Durations> measured) {
        List<Map.Entry<String, Durations>> rows = List.copyOf(measured.entrySet());
        Tuple values =
                Tuple.tuple(
                        List.of(
                                Sql.texts(rows, Map.Entry::getKey),
                                Sql.longs(rows, row -> row.getValue().count()),
                                means(rows, Durations::sum),
                                means(rows, Durations::squares),
                                means(rows, durations -> durations.sizes().bytes()),
                                means(rows, durations -> durations.sizes().squares()),
                                means(rows, durations -> durations.sizes().products())));
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : database.query(ADD, values).replaceWithVoid();
    }

    private static Double[] means(
            List<Map.Entry<String, Durations>> rows, ToDoubleFunction<Durations> sum) {
        return rows.stream()
                .map(Map.Entry::getValue)
                .map(durations -> sum.applyAsDouble(durations) / durations.count())
                .toArray(Double[]::new);
    }

    /** By the names of the operations. */
    public Uni<Map<String, Cost>> all() {
        return database.query(ALL)
                .map(
                        rows -> {
                            Map<String, Cost> costs = HashMap.newHashMap(rows.size());
                            rows.forEach(row -> costs.put(row.getString("operation"), cost(row)));
                            return costs;
                        });
    }

    private static Cost cost(Row row) {
        return new Cost(
                row.getLong("measured"),
                row.getDouble("mean_millis"),
                row.getDouble("mean_square"),
                new Sizes(
                        row.getDouble("mean_bytes"),
                        row.getDouble("mean_bytes_square"),
                        row.getDouble("mean_product")));
    }
}
