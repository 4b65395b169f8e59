package io.tidemill.bench.suite;

import io.tidemill.local.process.LaunchException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The words after {@code bench}: a suite, or none for all of them, and options.
 *
 * @param suites to run, in this order
 */
public record CommandLine(List<Suite> suites, Choices choices) {
    public CommandLine {
        suites = List.copyOf(suites);
    }

    /**
     * Reads the words.
     *
     * @throws LaunchException when they make no sense
     */
    public static CommandLine parse(List<String> words, List<Suite> known) {
        Iterator<String> rest = words.iterator();
        if (words.isEmpty() || words.getFirst().startsWith("--")) {
            return new CommandLine(known, choices(rest, known));
        }
        String name = rest.next();
        List<Suite> chosen = known.stream().filter(suite -> suite.name().equals(name)).toList();
        if (chosen.isEmpty()) {
            throw new LaunchException(
                    "bench knows no suite \"%s\", only %s".formatted(name, names(known)));
        }
        return new CommandLine(chosen, choices(rest, chosen));
    }

    private static String names(List<Suite> suites) {
        return suites.stream().map(Suite::name).collect(Collectors.joining(", "));
    }

    /** A number must suit every suite that has the option. */
    private static Choices choices(Iterator<String> rest, List<Suite> suites) {
        Map<String, Integer> said = new HashMap<>();
        while (rest.hasNext()) {
            String name = rest.next();
            String value = rest.hasNext() ? rest.next() : "";
            List<Option> meant =
                    suites.stream()
                            .flatMap(suite -> suite.options().stream())
                            .filter(option -> option.name().equals(name))
                            .toList();
            if (meant.isEmpty()) {
                throw new LaunchException("%s has no option %s".formatted(names(suites), name));
            }
            meant.forEach(option -> said.put(name, option.number(value)));
        }
        return new Choices(said);
    }
}
