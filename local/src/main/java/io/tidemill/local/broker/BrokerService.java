package io.tidemill.local.broker;

import io.tidemill.local.folder.Credentials;
import io.tidemill.local.folder.DataFolder;
import io.tidemill.local.process.Child;
import io.tidemill.local.process.Command;
import io.tidemill.local.process.ProcessStarter;
import io.tidemill.local.process.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The AMQP broker on loopback: what it has accepted as durable survives kill -9. */
public final class BrokerService implements Service {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final ProcessStarter starter;
    private final Path folder;
    private final Credentials credentials;
    private final int port;
    private final boolean shortLived;
    private final List<String> options;

    /**
     * @param shortLived start quickly rather than run fast
     */
    public BrokerService(ProcessStarter starter, DataFolder data, int port, boolean shortLived) {
        this(starter, data, port, shortLived, List.of());
    }

    /**
     * @param shortLived start quickly rather than run fast
     * @param options further options of its JVM; with any, it shows its management beans
     */
    public BrokerService(
            ProcessStarter starter,
            DataFolder data,
            int port,
            boolean shortLived,
            List<String> options) {
        this.starter = starter;
        this.folder = data.broker();
        this.credentials = data.credentials();
        this.port = port;
        this.shortLived = shortLived;
        this.options = List.copyOf(options);
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

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        if (shortLived) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BrokerMain.class.getName());
        return command;
    }

    private Map<String, String> environment() {
        return Map.of(
                BrokerMain.FOLDER, folder.toString(),
                BrokerMain.PORT, String.valueOf(port),
                BrokerMain.MANAGED, String.valueOf(!options.isEmpty()),
                BrokerMain.USERNAME, credentials.username(),
                BrokerMain.PASSWORD, credentials.brokerPassword());
    }

    @Override
    public void awaitReady(Child child) {
        child.awaitReady(START_LIMIT, child::saysReady);
    }
}
