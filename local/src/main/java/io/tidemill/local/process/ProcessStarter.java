package io.tidemill.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts processes, each with a log of its own; they end when this program ends, however it does.
 */
public final class ProcessStarter implements AutoCloseable {
    private final Path logs;
    private final ParentDeathGuard guard = new ParentDeathGuard();
    private final Map<String, Boolean> begun = new ConcurrentHashMap<>();

    /**
     * @param logs folder for the logs; made when missing
     */
    public ProcessStarter(Path logs) {
        this.logs = logs;
    }

    /** Starts a process; the first of its name begins a new log. */
    public Child start(Command command) {
        try {
            Files.createDirectories(logs);
            LogFile log = openLog(command.name());
            Process process = builder(command).start();
            process.getOutputStream().close();
            guard.watch(process, command.stopSignal());
            Thread.ofPlatform()
                    .daemon()
                    .name("log of " + command.name())
                    .start(() -> log.fill(process.getInputStream()));
            return new Child(process, command, log);
        } catch (IOException e) {
            throw new LaunchException("cannot start " + command.name() + ": " + e.getMessage(), e);
        }
    }

    private LogFile openLog(String name) {
        LogFile log = new LogFile(logs.resolve(name + ".log"));
        if (begun.put(name, true) == null) {
            log.moveAside();
        }
        return log;
    }

    private static ProcessBuilder builder(Command command) {
        List<String> arguments = new ArrayList<>(OwnSession.prefix());
        arguments.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
        builder.environment().putAll(command.environment());
        return builder;
    }

    /** Ends what was started and still runs. */
    @Override
    public void close() {
        guard.close();
    }
}
