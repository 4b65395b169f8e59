package io.tidemill.bench.peer;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** db-scheduler: batches of inserts, lock-and-fetch, a look at the table every 50 ms. */
public final class DbSchedulerPeer implements PeerWork {
    private static final int THREADS = 32;

    /** Fetches when less than half of this many per thread wait, up to all of them. */
    private static final double MOST_PER_THREAD = 16;

    private static final String TABLE =
            """
            create table if not exists scheduled_tasks (
              task_name text not null, task_instance text not null, task_data bytea,
              execution_time timestamptz not null, picked boolean not null, picked_by text,
              last_success timestamptz, last_failure timestamptz, consecutive_failures int,
              last_heartbeat timestamptz, version bigint not null, priority smallint,
              primary key (task_name, task_instance));
            create index if not exists execution_time_idx on scheduled_tasks (execution_time);
            create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat)""";

    private final HikariDataSource pool = PeerDatabase.pool(THREADS + 4);
    private volatile CountDownLatch open = new CountDownLatch(0);
    private final OneTimeTask<Void> nothing =
            Tasks.oneTime("nothing").execute((_, _) -> open.countDown());
    private final Scheduler scheduler;

    private DbSchedulerPeer() throws Exception {
        PeerDatabase.execute(pool, TABLE);
        scheduler =
                Scheduler.create(pool, nothing)
                        .threads(THREADS)
                        .pollUsingLockAndFetch(MOST_PER_THREAD / 2, MOST_PER_THREAD)
                        .pollingInterval(Duration.ofMillis(50))
                        .build();
        scheduler.start();
    }

    public static void main(String[] args) throws Exception {
        PeerProgram.serve(new DbSchedulerPeer());
    }

    @Override
    public void run(int jobs) throws Exception {
        open = new CountDownLatch(jobs);
        Stream<TaskInstance<?>> instances =
                Stream.<TaskInstance<?>>generate(
                                () -> nothing.instance(UUID.randomUUID().toString()))
                        .limit(jobs);
        scheduler.scheduleBatch(instances, Instant.now());
        if (!open.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("not executed: " + open.getCount());
        }
        PeerDatabase.await(pool, "select count(*) from scheduled_tasks", 0);
    }

    @Override
    public void close() {
        scheduler.stop();
        pool.close();
    }
}
