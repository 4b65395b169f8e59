package io.tidemill.bench.throughput;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.local.process.Child;
import io.tidemill.local.process.Command;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.ProcessStarter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The Redis of this machine, which writes every change to disk before it answers. */
final class RedisServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private final int port = FreePort.find();
    private final Child child;

    RedisServer(Path program, ProcessStarter starter, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> command =
                List.of(
                        program.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--dir",
                        folder.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "yes",
                        "--appendfsync",
                        "always",
                        "--maxmemory-policy",
                        "noeviction");
        child = starter.start(new Command("redis", command, Map.of(), Command.StopSignal.TERM));
        child.awaitReady(LIMIT, this::answers);
    }

    private boolean answers() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    int port() {
        return port;
    }

    ProcessCost cost() {
        return ProcessCost.of(child.pid());
    }

    @Override
    public void close() {
        child.stop(LIMIT);
    }
}
