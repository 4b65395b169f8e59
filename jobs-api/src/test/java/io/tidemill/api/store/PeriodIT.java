package io.tidemill.api.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.scenario.LocalProfile;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Periods come and go with all that is in them, and what was there before them stays. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class PeriodIT {
    private static final String BEFORE_PERIODS = "11";
    private static final String BEFORE_TASK_IDS = "12";
    private static final Duration LENGTH = Duration.ofDays(4);
    private static final List<String> FAMILIES =
            List.of("job", "job_step", "task", "attempt", "job_event");

    // One job with one of everything that hangs on it, and ids of the given moment.
    private static final String JOB =
            """
            insert into job (id, owner, file_count, failed, start_time, end_time) values ('%1$s', 'o', 1, 1, now(), now());
            insert into job_step (job_id, ordinal, id, operation, parameters, needs, input, failed)
            values ('%1$s', 0, 'a', 'noop', '{}', '{}', -1, 1);
            insert into task (id, job_id, file_ordinal, file_ref, step, operation, task_queue, owner, priority, state, attempt, max_attempts,
                              allowed_attempts, end_time)
            values ('%1$s', '%1$s', 0, 'f', 0, 'noop', 'standard', 'o', 1, 'FAILED', 1, 1, 1, now());
            insert into attempt (execution, task_id, number, worker, end_time, outcome) values ('%1$s', '%1$s', 1, 'w', now(), 'FAILED');
            insert into job_event (job_id, sequence, owner, generation, state, percent, blocked, queued, running, retrying,
                                   succeeded, failed, cancelled, skipped)
            values ('%1$s', 1, 'o', 1, 'FAILED', 0, 0, 0, 0, 0, 0, 1, 0, 0);
            insert into dead_letter (id, kind, task_id, job_id, owner, operation, code, detail)
            values (gen_random_uuid(), 'TASK', '%1$s', '%1$s', 'o', 'noop', 'CODE', 'It failed.')""";

    private static final String COUNTS =
            """
            select concat_ws(' ', (select count(*) from job%1$s), (select count(*) from job_step%1$s), (select count(*) from task%1$s),
                                  (select count(*) from attempt%1$s), (select count(*) from job_event%1$s))""";

    @Inject Vertx vertx;
    @Inject ApiConfig config;

    private final String name = "periods_" + UUID.randomUUID().toString().replace('-', '_');
    private final Instant now = Instant.now();
    private Connection connection;
    private Pool pool;
    private PeriodStore store;

    @BeforeEach
    void createSchema() throws SQLException {
        connection = DispatchPlanIT.patient();
        execute("create schema " + name);
        connection.setSchema(name);
        PgConnectOptions options =
                PgConnectOptions.fromUri(config("quarkus.datasource.reactive.url"))
                        .addProperty("search_path", name)
                        .setUser(config("quarkus.datasource.username"))
                        .setPassword(config("quarkus.datasource.password"));
        pool = PgBuilder.pool().connectingTo(options).using(vertx).build();
        store = new PeriodStore(new Database(pool, config));
    }

    @AfterEach
    void dropSchema() throws SQLException {
        pool.closeAndAwait();
        connection.setAutoCommit(true);
        execute("drop schema " + name + " cascade");
        connection.close();
    }

    @Test
    void whatThereWasBeforeLiesInTheFirstPeriod() throws SQLException {
        migrate(BEFORE_PERIODS);
        addJob(now);
        migrate("latest");
        assertEquals("1 1 1 1 1", query(COUNTS.formatted("")));
        assertEquals("1 1 1 1 1", query(COUNTS.formatted("_first")));
        for (String family : FAMILIES) {
            assertEquals("0", query("select count(*) from only " + family));
        }
    }

    /** As a task of before has it, of which nothing but the time is its job's. */
    @Test
    void tasksThatThereWereAreFoundByTheirJob() throws SQLException {
        migrate(BEFORE_TASK_IDS);
        addJob(now);
        String old = query("select uuidv7()");
        for (String set :
                List.of(
                        "task set id",
                        "task set parent",
                        "attempt set task_id",
                        "dead_letter set task_id")) {
            execute("update %s = '%s'".formatted(set, old));
        }
        execute(
                "insert into file (id, owner, name, size, media_type, sha256, made_by) values (gen_random_uuid(), 'o', 'n', 0, 't', repeat('0', 64), '%s')"
                        .formatted(old));
        migrate("latest");
        String id =
                query(
                        "select t.id from task t join job j on t.id between first_task(j.id, 0) and last_task(j.id, 0)");
        assertEquals(
                List.of(id, id, id, id),
                List.of(
                        query("select parent from task"),
                        query("select task_id from attempt"),
                        query("select task_id from dead_letter"),
                        query("select made_by from file")));
    }

    @Test
    void everyPeriodHasTheSettingsAndIndexesOfTheOneBefore() throws SQLException {
        migrate("latest");
        await(store.openUntil(now.plus(3, ChronoUnit.DAYS), LENGTH));
        String last = query("select name from period order by end_time desc limit 1");
        String shape =
                """
                select string_agg(coalesce(array_to_string(array(select o from unnest(c.reloptions) o where o <> 'fillfactor=100' order by o), ' '), '') || ' '
                           || (select count(*) from pg_index where indrelid = c.oid), ', ' order by left(c.relname, -length('%1$s')))
                from pg_class c where c.relkind = 'r' and c.relname like '%%\\_%1$s' and c.relispartition
                  and c.relnamespace = current_schema()::regnamespace""";
        assertEquals(query(shape.formatted("first")), query(shape.formatted(last)));
    }

    @Test
    void whatIsSubmittedLaterLiesInLaterPeriods() throws SQLException {
        migrate("latest");
        await(store.openUntil(now.plus(20, ChronoUnit.DAYS), LENGTH));
        await(store.openUntil(now.plus(20, ChronoUnit.DAYS), LENGTH));
        assertTrue(
                Integer.parseInt(query("select count(*) from period")) >= 5,
                query("select count(*) from period"));
        addJob(now.plus(10, ChronoUnit.DAYS));
        String period = periodOf(10);
        assertEquals("1 1 1 1 1", query(COUNTS.formatted("_" + period)));
        assertEquals("0 0 0 0 0", query(COUNTS.formatted("_first")));
    }

    @Test
    void twoMayOpenAtOnce() throws SQLException {
        migrate("latest");
        Instant until = now.plus(40, ChronoUnit.DAYS);
        await(
                Uni.combine()
                        .all()
                        .unis(store.openUntil(until, LENGTH), store.openUntil(until, LENGTH))
                        .discardItems());
        assertEquals(
                "0",
                query(
                        "select count(*) from period p where start_time <> '-infinity'"
                                + " and not exists (select from period b where b.end_time = p.start_time)"));
    }

    @Test
    void aPeriodGoesWithAllThatIsInItWhenNothingInItIsOpen() throws SQLException {
        migrate("latest");
        await(store.openUntil(now.plus(20, ChronoUnit.DAYS), LENGTH));
        addJob(now);
        addJob(now.plus(10, ChronoUnit.DAYS));
        execute("update job_first set failed = 0, queued = 1, end_time = null");

        Instant later = Instant.now().plus(9, ChronoUnit.DAYS);
        assertEquals("first", await(store.over(later)).getFirst());
        assertFalse(await(store.drop("first")));
        assertEquals("2 2 2 2 2", query(COUNTS.formatted("")));
        int overdue = await(store.standing(later)).overdue();
        assertTrue(overdue >= 1, String.valueOf(overdue));

        execute("update job_first set failed = 1, queued = 0, end_time = now()");
        assertTrue(await(store.drop("first")));
        assertEquals("1 1 1 1 1", query(COUNTS.formatted("")));
        assertEquals("1", query("select count(*) from dead_letter"));
        assertEquals("1 1 1 1 1", query(COUNTS.formatted("_" + periodOf(10))));
        assertEquals(overdue - 1, await(store.standing(later)).overdue());
        assertFalse(await(store.over(later)).contains("first"));
    }

    @Test
    void aPeriodTakesNothingOfTheOneBeforeAndGoesOnce() throws SQLException {
        migrate("latest");
        await(store.openUntil(now.plus(20, ChronoUnit.DAYS), LENGTH));
        addJob(now);
        addJob(now.plus(10, ChronoUnit.DAYS));
        String later = periodOf(10);
        assertTrue(await(store.drop(later)));
        assertFalse(await(store.drop(later)));
        assertEquals("1 1 1 1 1", query(COUNTS.formatted("")));
        assertEquals("1", query("select count(*) from dead_letter"));
    }

    @Test
    void jobsAreKeptFromWhenTheyWereLastSeenOpen() throws SQLException {
        migrate("latest");
        addJob(now);
        execute("update period set end_time = now() - interval '100 days'");
        execute("update job_first set failed = 0, queued = 1, end_time = null");
        execute("update period set end_time = now() + interval '1 day'");
        Instant aMomentAgo = Instant.now().minus(1, ChronoUnit.MINUTES);
        assertEquals(List.of(), await(store.over(aMomentAgo)));

        execute("update job_first set failed = 1, queued = 0, end_time = now()");
        execute("update period set end_time = now() - interval '100 days'");
        assertEquals(List.of(), await(store.over(aMomentAgo)));
        assertEquals(List.of("first"), await(store.over(Instant.now().plusSeconds(60))));
    }

    @Test
    void whoWorksIsNotMadeToWait() throws SQLException {
        migrate("latest");
        connection.setAutoCommit(false);
        query("select count(*) from job");
        PgException refused = assertThrows(PgException.class, () -> await(store.drop("first")));
        assertEquals("55P03", refused.getSqlState());
        connection.rollback();
        assertTrue(await(store.drop("first")));
    }

    private void migrate(String target) {
        Flyway.configure()
                .dataSource(
                        config("quarkus.datasource.jdbc.url"),
                        config("quarkus.datasource.username"),
                        config("quarkus.datasource.password"))
                .defaultSchema(name)
                .locations("classpath:db/migration")
                .target(target)
                .load()
                .migrate();
    }

    private void addJob(Instant moment) throws SQLException {
        String time = "%012x".formatted(moment.toEpochMilli());
        execute(
                JOB.formatted(
                        time.substring(0, 8)
                                + "-"
                                + time.substring(8)
                                + "-7000-8000-000000000001"));
    }

    private String periodOf(int days) throws SQLException {
        return query(
                "select name from period where now() + interval '%d days' between start_time and end_time"
                        .formatted(days));
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String config(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }
}
