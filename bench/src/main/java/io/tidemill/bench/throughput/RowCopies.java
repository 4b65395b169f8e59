package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.PublicIds;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One bare statement that writes the rows of a submitted job once more, for another job: what any
 * program that keeps the same in PostgreSQL pays at least.
 */
final class RowCopies implements AutoCloseable {
    private static final String JOB = "job";
    private static final String TASK = "task";
    private static final String ANSWER = "idempotency_key";

    /** No index names the job of a task; its id does. */
    private static final String IN_RANGE =
            " and id between first_task('%1$s') and last_task('%1$s')";

    /** Every table with rows of a job, and the job itself; of those in parts only the whole. */
    private static final String TABLES =
            """
            select table_name from information_schema.columns
            join information_schema.tables using (table_schema, table_name)
            where table_schema = 'public' and table_type = 'BASE TABLE'
              and (column_name = 'job_id' or (table_name = 'job' and column_name = 'id'))
              and not exists (select from pg_inherits where inhrelid = quote_ident(table_name)::regclass)
            order by table_name""";

    private static final String OF_ANSWER =
            "select format('owner = %%L and key = %%L', owner, key) from idempotency_key where location like '%%/%s'";

    /**
     * Rows get the new id where they had that of the job, and one of their own where they had one.
     */
    private static final String INSERT =
            """
            select format('insert into %%s (%%s) select %%s from %%s',
                          table_name,
                          string_agg(column_name, ', ' order by ordinal_position),
                          string_agg(case when column_name = '%2$s' then '?::uuid'
                                          when column_name = 'id' and data_type = 'uuid' then 'uuidv7()'
                                          else column_name end, ', ' order by ordinal_position),
                          table_name)
            from information_schema.columns
            where table_schema = 'public' and table_name = '%1$s' and is_generated = 'NEVER'
            group by table_name""";

    private final PreparedStatement statement;
    private final int parameters;

    private RowCopies(PreparedStatement statement, int parameters) {
        this.statement = statement;
        this.parameters = parameters;
    }

    /**
     * @param job the row of the job whose rows are written again, and with them the answer kept
     *     under its idempotency key
     */
    static RowCopies of(Connection database, String job) throws SQLException {
        List<String> inserts = new ArrayList<>();
        for (String table : strings(database, TABLES)) {
            String key = table.equals(JOB) ? "id" : "job_id";
            String where = " where %s = '%s'".formatted(key, UUID.fromString(job));
            if (table.equals(TASK)) {
                where += IN_RANGE.formatted(job);
            }
            if (!strings(database, "select 1 from " + table + where).isEmpty()) {
                inserts.add(insert(database, table, key) + where);
            }
        }
        String answer = OF_ANSWER.formatted(PublicIds.of("job", job));
        inserts.add(
                insert(database, ANSWER, "key") + " where " + strings(database, answer).getFirst());
        String sql =
                IntStream.range(0, inserts.size())
                        .mapToObj(i -> "c%d as (%s)".formatted(i, inserts.get(i)))
                        .collect(Collectors.joining(", ", "with ", " select 1"));
        return new RowCopies(database.prepareStatement(sql), inserts.size());
    }

    /**
     * Makes so many more files like this one, as if they had been uploaded, and has PostgreSQL
     * count them, which it does by itself within a minute; tells their rows.
     */
    static List<String> files(Connection database, String file, int count) throws SQLException {
        List<String> files =
                strings(
                        database,
                        "%s, generate_series(1, %d) where id = '%s' returning id::text"
                                .formatted(
                                        insert(database, "file", ""),
                                        count,
                                        UUID.fromString(file)));
        try (Statement analyze = database.createStatement()) {
            analyze.execute("analyze file");
        }
        return files;
    }

    private static String insert(Connection database, String table, String key)
            throws SQLException {
        return strings(database, INSERT.formatted(table, key)).getFirst();
    }

    /** The first column of all rows. */
    private static List<String> strings(Connection database, String sql) throws SQLException {
        List<String> strings = new ArrayList<>();
        try (PreparedStatement query = database.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                strings.add(rows.getString(1));
            }
        }
        return strings;
    }

    /** Writes the rows of one more job, in a transaction of their own. */
    void write() throws SQLException {
        String id = newId();
        for (int i = 1; i <= parameters; i++) {
            statement.setString(i, id);
        }
        statement.execute();
    }

    /** Of version 7, that is in the order of time, as cheap for an index as can be. */
    private static String newId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextInt(1 << 12);
        return new UUID(high, random.nextLong() >>> 2 | Long.MIN_VALUE).toString();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
