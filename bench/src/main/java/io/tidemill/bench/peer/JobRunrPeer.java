package io.tidemill.bench.peer;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration.JobRunrConfigurationResult;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr: a stream of requests in bulk, as many workers as connections. */
public final class JobRunrPeer implements PeerWork {
    private static final int WORKERS = 32;
    private static volatile CountDownLatch open = new CountDownLatch(0);

    private final HikariDataSource pool = PeerDatabase.pool(WORKERS + 4);
    private final JobRunrConfigurationResult jobRunr;
    private long recorded;

    /** A job that does nothing. */
    public record Nothing() implements JobRequest {
        @Override
        public Class<NothingHandler> getJobRequestHandler() {
            return NothingHandler.class;
        }
    }

    /** Does it. JobRunr makes one by its name. */
    public static final class NothingHandler implements JobRequestHandler<Nothing> {
        @Override
        public void run(Nothing request) {
            open.countDown();
        }
    }

    private JobRunrPeer() {
        jobRunr =
                JobRunr.configure()
                        .useStorageProvider(new PostgresStorageProvider(pool))
                        .useBackgroundJobServer(
                                BackgroundJobServerConfiguration
                                        .usingStandardBackgroundJobServerConfiguration()
                                        .andPollInterval(Duration.ofSeconds(5))
                                        .andWorkerCount(WORKERS))
                        .initialize();
    }

    public static void main(String[] args) throws Exception {
        PeerProgram.serve(new JobRunrPeer());
    }

    @Override
    public void run(int jobs) throws Exception {
        if (recorded == 0) {
            PeerDatabase.execute(pool, "delete from jobrunr_jobs");
        }
        open = new CountDownLatch(jobs);
        jobRunr.getJobRequestScheduler().enqueue(Stream.generate(Nothing::new).limit(jobs));
        if (!open.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("not executed: " + open.getCount());
        }
        recorded += jobs;
        PeerDatabase.await(
                pool, "select count(*) from jobrunr_jobs where state = 'SUCCEEDED'", recorded);
    }

    @Override
    public void close() {
        JobRunr.destroy();
        pool.close();
    }
}
