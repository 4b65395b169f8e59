package io.tidemill.local;

import io.tidemill.local.process.LaunchException;
import io.tidemill.local.up.Programs;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the script {@code tidemill} starts: {@code up} or {@code demo}, with their options. */
public final class Launcher {
    /** System property with the project's root folder. */
    private static final String HOME = "tidemill.home";

    private Launcher() {}

    public static void main(String[] args) {
        try {
            run(Arrays.asList(args));
        } catch (LaunchException e) {
            System.err.println("tidemill: " + e.line());
            System.exit(1);
        }
    }

    private static void run(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new LaunchException("nothing to do; ./tidemill help lists the commands");
        }
        Programs programs = new Programs(Path.of(System.getProperty(HOME, "")).toAbsolutePath());
        List<String> options = arguments.subList(1, arguments.size());
        switch (arguments.getFirst()) {
            case "up" -> UpCommand.run(programs, options);
            case "demo" -> DemoCommand.run(programs, options);
            default ->
                    throw new LaunchException(
                            "unknown command \"%s\"; ./tidemill help lists them"
                                    .formatted(arguments.getFirst()));
        }
    }
}
