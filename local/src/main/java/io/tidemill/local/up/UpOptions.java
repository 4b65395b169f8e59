package io.tidemill.local.up;

import io.tidemill.local.process.LaunchException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * What to start and where.
 *
 * @param port of the first jobs-api; further ones take the ports that follow
 * @param apis how many jobs-api processes, 1 to 16
 * @param processors how many file-processor processes, 0 to 64
 * @param data the folder that keeps everything
 */
public record UpOptions(int port, int apis, int processors, Path data) {
    private static final int MAX_PORT = 65_535;

    public UpOptions {
        within("--api", apis, 1, 16);
        within("--port", port, 1, MAX_PORT - apis + 1);
        within("--processors", processors, 0, 64);
    }

    /**
     * Reads {@code --port 8080 --api 1 --processors 1 --data DIR}, each optional, also in the form
     * {@code --port=8080}.
     *
     * @throws LaunchException if an option is unknown or its value makes no sense
     */
    public static UpOptions parse(List<String> arguments, Path defaultData) {
        UpOptions options = new UpOptions(8080, 1, 1, defaultData);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String[] option = rest.next().split("=", 2);
            options = options.with(option[0], () -> value(option, rest));
        }
        return options;
    }

    private UpOptions with(String name, Supplier<String> value) {
        return switch (name) {
            case "--port" -> new UpOptions(number(name, value.get()), apis, processors, data);
            case "--api" -> new UpOptions(port, number(name, value.get()), processors, data);
            case "--processors" -> new UpOptions(port, apis, number(name, value.get()), data);
            case "--data" -> new UpOptions(port, apis, processors, folder(value.get()));
            default ->
                    throw new LaunchException(
                            "unknown option %s; ./tidemill help lists them".formatted(name));
        };
    }

    private static String value(String[] option, Iterator<String> rest) {
        if (option.length == 2) {
            return option[1];
        }
        if (!rest.hasNext()) {
            throw new LaunchException(option[0] + " needs a value");
        }
        return rest.next();
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new LaunchException("%s needs a number, not \"%s\"".formatted(name, value), e);
        }
    }

    private static Path folder(String value) {
        if (value.isBlank()) {
            throw new LaunchException("--data needs a folder");
        }
        return Path.of(value);
    }

    private static void within(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new LaunchException(
                    "%s must be from %d to %d, not %d".formatted(name, min, max, value));
        }
    }
}
