package io.tidemill.faults;

import io.tidemill.faults.row.FaultRow;
import io.tidemill.faults.system.Timing;
import io.tidemill.local.process.LaunchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the command line asks for.
 *
 * @param rows ids; none means all
 * @param time rows are run again until it is used up; zero means each once
 * @param list only say which rows there are
 * @param timing brisk for a run of few minutes
 * @param seed of all chance
 */
public record FaultOptions(
        Set<String> rows, Duration time, boolean list, Timing timing, long seed) {
    public FaultOptions {
        rows = Set.copyOf(rows);
    }

    /**
     * Reads {@code --row ID} (several times), {@code --minutes N}, {@code --list}, {@code --brisk},
     * {@code --seed N}.
     *
     * @throws LaunchException if an option is unknown or its value makes no sense
     */
    public static FaultOptions parse(List<String> arguments) {
        FaultOptions options =
                new FaultOptions(
                        Set.of(), Duration.ZERO, false, Timing.USUAL, System.currentTimeMillis());
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private FaultOptions with(String name, Iterator<String> rest) {
        return switch (name) {
            case "--row" -> {
                Set<String> more = new TreeSet<>(rows);
                more.add(value(name, rest));
                yield new FaultOptions(more, time, list, timing, seed);
            }
            case "--minutes" ->
                    new FaultOptions(
                            rows, Duration.ofMinutes(number(name, rest)), list, timing, seed);
            case "--list" -> new FaultOptions(rows, time, true, timing, seed);
            case "--brisk" -> new FaultOptions(rows, time, list, Timing.BRISK, seed);
            case "--seed" -> new FaultOptions(rows, time, list, timing, number(name, rest));
            default ->
                    throw new LaunchException(
                            "unknown option %s; ./tidemill help lists them".formatted(name));
        };
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new LaunchException(name + " needs a value");
        }
        return rest.next();
    }

    private static long number(String name, Iterator<String> rest) {
        String value = value(name, rest);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new LaunchException("%s needs a number, not \"%s\"".formatted(name, value), e);
        }
    }

    /** The rows asked for, in the order of the suite. */
    List<FaultRow> select(List<FaultRow> all) {
        List<String> unknown = new ArrayList<>(rows);
        all.forEach(row -> unknown.remove(row.id()));
        if (!unknown.isEmpty()) {
            throw new LaunchException("there is no row %s; --list lists them".formatted(unknown));
        }
        return rows.isEmpty() ? all : all.stream().filter(row -> rows.contains(row.id())).toList();
    }
}
