package io.tidemill.bench.suite;

import java.util.Map;

/**
 * What was said on the command line.
 *
 * @param said numbers by the names of their options
 */
public record Choices(Map<String, Integer> said) {
    public Choices {
        said = Map.copyOf(said);
    }

    /** What was said, or what is usual. */
    public int of(Option option) {
        return said.getOrDefault(option.name(), option.usual());
    }
}
