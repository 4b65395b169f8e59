package io.tidemill.local;

import io.tidemill.local.demo.Demo;
import io.tidemill.local.folder.Folders;
import io.tidemill.local.process.FreePort;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.up.Programs;
import io.tidemill.local.up.Supervisor;
import io.tidemill.local.up.UpOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The command {@code demo}: everything starts, shows what it can do, and ends. */
final class DemoCommand {
    /** What a shell reports after Ctrl-C. */
    private static final int INTERRUPTED = 130;

    private DemoCommand() {}

    /** The program ends inside. */
    static void run(Programs programs, List<String> arguments) {
        if (!arguments.isEmpty()) {
            throw new LaunchException("demo takes no options; ./tidemill help lists the commands");
        }
        Instant begin = Instant.now();
        Path data = temporaryFolder();
        UpOptions options = new UpOptions(FreePort.find(), 1, 1, data);
        AtomicBoolean failed = new AtomicBoolean();
        Supervisor supervisor = new Supervisor(options, System.out::println);
        ExitHook exit =
                ExitHook.closing(
                        () -> {
                            supervisor.close();
                            tidyUp(data, failed.get());
                        },
                        INTERRUPTED);
        System.out.println("Starting PostgreSQL, the broker, jobs-api and file-processor …");
        try {
            supervisor.start(programs);
            report("Started", begin);
            show(programs.home(), options.port());
            report("It all works. Done", begin);
            exit.exit(0);
        } catch (LaunchException e) {
            failed.set(true);
            exit.fail(e);
        }
    }

    private static void show(Path home, int port) {
        new Demo(URI.create("http://127.0.0.1:" + port), System.out)
                .run(home.resolve("samples"), home.resolve("target").resolve("demo"));
    }

    private static void report(String what, Instant begin) {
        long millis = Duration.between(begin, Instant.now()).toMillis();
        System.out.printf("%s after %.1f s%n", what, millis / 1_000.0);
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("tidemill-demo");
        } catch (IOException e) {
            throw new LaunchException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    /** After a failure the logs are worth reading. */
    private static void tidyUp(Path data, boolean keep) {
        if (keep) {
            System.err.println("tidemill: logs and data are kept in " + data);
            return;
        }
        try {
            Folders.delete(data);
        } catch (IOException e) {
            System.err.println("tidemill: cannot delete " + data);
        }
    }
}
