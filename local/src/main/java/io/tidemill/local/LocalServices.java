package io.tidemill.local;

import io.tidemill.local.broker.BrokerService;
import io.tidemill.local.folder.Connections;
import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.postgres.PostgresService;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.ProcessStarter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL and an AMQP broker for integration tests, each a process of its own on a free port.
 * They keep their data in the folder, and end when the test's JVM ends, however it does.
 */
public final class LocalServices implements AutoCloseable {
    private final DataFolder data;
    private final ProcessStarter starter;
    private final PostgresService postgresService;
    private final RunningService postgres;
    private final RunningService broker;
    private final int brokerPort;

    private LocalServices(DataFolder data, List<String> brokerOptions) {
        this.data = data;
        this.starter = new ProcessStarter(data.logs());
        this.brokerPort = FreePort.find();
        this.postgresService = new PostgresService(starter, data, FreePort.find());
        this.broker =
                new RunningService(
                        new BrokerService(starter, data, brokerPort, true, brokerOptions));
        this.postgres = new RunningService(postgresService);
    }

    /**
     * Starts both on the data of an earlier start, or on none; returns when they serve.
     *
     * @throws io.tidemill.local.process.LaunchException if the folder cannot be used or one of them
     *     does not start; the message says why
     */
    public static LocalServices start(Path folder) {
        return start(folder, List.of());
    }

    /**
     * The same, with a broker that shows its management beans.
     *
     * @param brokerOptions options for its JVM, such as an agent that answers for the beans
     */
    public static LocalServices start(Path folder, List<String> brokerOptions) {
        LocalServices services = new LocalServices(DataFolder.open(folder), brokerOptions);
        try {
            services.broker.start();
            services.postgres.start();
            services.postgres.awaitReady();
            services.broker.awaitReady();
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    public RunningService postgres() {
        return postgres;
    }

    public RunningService broker() {
        return broker;
    }

    /** Makes an empty database beside the first, for a test that wants one of its own. */
    public void createDatabase(String name) {
        postgresService.createDatabase(name);
    }

    /** Where both keep their data, and services may keep theirs. */
    public DataFolder data() {
        return data;
    }

    /** Starts further processes, which end with these two. */
    public ProcessStarter starter() {
        return starter;
    }

    /** How to reach both: the variables that jobs-api and file-processor read. */
    public Map<String, String> environment() {
        return Connections.environment(
                data.credentials(), PostgresService.DATABASE, postgresService.port(), brokerPort);
    }

    /** The same as configuration keys, for {@code @QuarkusTest} resources. */
    public Map<String, String> properties() {
        return Connections.properties(environment());
    }

    /** Ends both in good order; the data stays. */
    @Override
    public void close() {
        broker.stop();
        postgres.stop();
        starter.close();
        data.close();
    }
}
