package io.tidemill.local;

import io.tidemill.local.process.LaunchException;
import io.tidemill.local.up.Programs;
import io.tidemill.local.up.Supervisor;
import io.tidemill.local.up.UpOptions;
import java.nio.file.Path;
import java.util.List;

/** The command {@code up}: everything runs until Ctrl-C or SIGTERM. */
final class UpCommand {
    private UpCommand() {}

    /** Returns only if everything could not be started; else the program ends inside. */
    static void run(Programs programs, List<String> arguments) {
        UpOptions options = UpOptions.parse(arguments, programs.home().resolve("data"));
        Supervisor supervisor = new Supervisor(options, System.out::println);
        ExitHook exit = ExitHook.closing(supervisor::close, 0);
        Path data = options.data().toAbsolutePath().normalize();
        System.out.println("Tidemill is starting, with its data in " + data);
        try {
            supervisor.start(programs);
        } catch (LaunchException e) {
            exit.fail(e);
        }
        String url = "http://127.0.0.1:" + options.port();
        System.out.printf(
                """
                API         %s/v1
                Swagger UI  %s/q/swagger-ui
                Processes   %s
                Logs        %s
                Ready. Stop with Ctrl-C or: kill %d
                """,
                url,
                url,
                data.resolve("run.json"),
                data.resolve("logs"),
                ProcessHandle.current().pid());
        exit.await();
    }
}
