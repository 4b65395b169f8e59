package io.tidemill.processor.task;

import io.tidemill.processor.broker.BrokerAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, so that a test can kill it and start it again. */
final class BrokerProcess implements AutoCloseable {
    private final Path data;
    private final int port;
    private @Nullable Process process;

    BrokerProcess(Path data) throws IOException {
        this.data = data;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        start();
    }

    BrokerAddress address() {
        return new BrokerAddress("127.0.0.1", port, Optional.empty(), Optional.empty());
    }

    /** Returns when the broker takes connections. */
    void start() throws IOException {
        Process started =
                new ProcessBuilder(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-XX:TieredStopAtLevel=1",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        BrokerMain.class.getName(),
                                        data.toString(),
                                        String.valueOf(port)))
                        .redirectErrorStream(true)
                        .start();
        process = started;
        BufferedReader out = started.inputReader();
        StringBuilder said = new StringBuilder();
        String line = out.readLine();
        while (line != null && !line.equals(BrokerMain.READY)) {
            said.append(line).append('\n');
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the broker did not start: " + said);
        }
        Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
