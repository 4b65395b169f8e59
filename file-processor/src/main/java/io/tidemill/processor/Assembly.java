package io.tidemill.processor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.tidemill.broker.BrokerAddress;
import io.tidemill.contract.TaskEvent;
import io.tidemill.processor.config.ConfigRules;
import io.tidemill.processor.config.ProcessorConfig;
import io.tidemill.processor.engine.installed.GuardedScanning;
import io.tidemill.processor.operation.builtin.BuiltinOperations;
import io.tidemill.processor.operation.builtin.EngineSettings;
import io.tidemill.processor.task.OfferedOperations;
import io.tidemill.processor.task.Processor;
import io.tidemill.processor.task.Stages;
import io.tidemill.processor.task.TaskRunner;
import io.tidemill.processor.task.Worker;
import io.tidemill.processor.tool.Isolation;
import io.tidemill.processor.workspace.StoredFiles;
import io.tidemill.processor.workspace.Workspace;
import io.tidemill.storage.FileStore;
import io.tidemill.storage.filesystem.FilesystemStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the processor together from its settings; the only place that names the operations. */
@Singleton
final class Assembly {
    private static final String LOCAL_PROFILE = "local";

    private final ProcessorConfig config;
    private final boolean observed;

    Assembly(
            ProcessorConfig config,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean unobserved) {
        ConfigRules.check(config);
        this.config = config;
        this.observed = !unobserved;
    }

    /** What nobody wants to see costs nothing. */
    private OpenTelemetry wanted(OpenTelemetry telemetry) {
        return observed ? telemetry : OpenTelemetry.noop();
    }

    @Produces
    @Singleton
    FileStore fileStore() throws IOException {
        try {
            return new FilesystemStore(config.storage().root());
        } catch (IOException e) {
            throw new IOException("tidemill.storage.root: " + e.getMessage(), e);
        }
    }

    @Produces
    @Singleton
    BuiltinOperations builtinOperations(GuardedScanning scanning) {
        EngineSettings usual = EngineSettings.defaults(config.worker().slots());
        Optional<String> clamd =
                config.clamd().socket().map(Path::toString).or(() -> config.clamd().address());
        return BuiltinOperations.open(
                new EngineSettings(
                        usual.hosts(),
                        clamd,
                        config.engines().libvips(),
                        config.engines().embeddedOnly(),
                        ConfigUtils.isProfileActive(LOCAL_PROFILE)),
                scanning);
    }

    void close(@Disposes BuiltinOperations operations) {
        operations.close();
    }

    @Produces
    @Singleton
    OfferedOperations offeredOperations(BuiltinOperations builtin, ObjectMapper json)
            throws IOException {
        return new OfferedOperations(
                OfferedOperations.descriptors(json),
                builtin.operations(),
                ConfigUtils.isProfileActive(LOCAL_PROFILE));
    }

    @Produces
    @Singleton
    Worker worker(OfferedOperations operations) {
        ProcessorConfig.Worker settings = config.worker();
        String unique = UUID.randomUUID().toString().substring(0, 13);
        return new Worker(
                settings.name() + "-" + unique,
                new TaskEvent.Announced(
                        settings.taskQueue(),
                        settings.slots(),
                        Isolation.level(),
                        operations.offered()),
                settings.heartbeat(),
                settings.announce(),
                settings.drain());
    }

    @Produces
    @Singleton
    Workspace workspace(Worker worker) throws IOException {
        try {
            return Workspace.open(config.workspace().root(), worker.id());
        } catch (IOException e) {
            throw new IOException("tidemill.workspace.root: cannot use it: " + e, e);
        }
    }

    void close(@Disposes Workspace workspace) throws IOException {
        workspace.close();
    }

    @Produces
    @Singleton
    TaskRunner taskRunner(
            OfferedOperations operations,
            StoredFiles files,
            Workspace workspace,
            OpenTelemetry telemetry) {
        return new TaskRunner(
                operations,
                files,
                workspace,
                config.workspace().maxOutputBytes(),
                new Stages(wanted(telemetry)));
    }

    @Produces
    @Singleton
    BrokerAddress brokerAddress(
            @ConfigProperty(name = "amqp-host", defaultValue = "localhost") String host,
            @ConfigProperty(name = "amqp-port", defaultValue = "5672") int port,
            @ConfigProperty(name = "amqp-username") Optional<String> username,
            @ConfigProperty(name = "amqp-password") Optional<String> password) {
        return new BrokerAddress(host, port, username, password);
    }

    @Produces
    @Singleton
    Processor processor(
            Vertx vertx,
            BrokerAddress address,
            Worker worker,
            TaskRunner runner,
            OpenTelemetry telemetry) {
        return new Processor(vertx, address, worker, runner, wanted(telemetry));
    }
}
