package io.tidemill.local.broker;

import io.tidemill.local.folder.Credentials;
import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.process.Child;
import io.tidemill.local.process.Command;
import io.tidemill.local.process.ProcessStarter;
import io.tidemill.local.process.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The AMQP broker on loopback: what it has accepted as durable survives kill -9. */
public final class BrokerService implements Service {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final ProcessStarter starter;
    private final Path folder;
    private final Credentials credentials;
    private final int port;

    public BrokerService(ProcessStarter starter, DataFolder data, int port) {
        this.starter = starter;
        this.folder = data.broker();
        this.credentials = data.credentials();
        this.port = port;
    }

    @Override
    public String name() {
        return "broker";
    }

    public int port() {
        return port;
    }

    @Override
    public Child start() {
        return starter.start(
                new Command(name(), command(), environment(), Command.StopSignal.TERM));
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName());
    }

    private Map<String, String> environment() {
        return Map.of(
                BrokerMain.FOLDER, folder.toString(),
                BrokerMain.PORT, String.valueOf(port),
                BrokerMain.USERNAME, credentials.username(),
                BrokerMain.PASSWORD, credentials.brokerPassword());
    }

    @Override
    public void awaitReady(Child child) {
        child.awaitReady(START_LIMIT, child::saysReady);
    }
}
