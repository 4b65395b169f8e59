package io.tidemill.api.web;

import io.tidemill.api.problem.Problems;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads query parameters that name one of a few values. */
public final class QueryChoice {
    private QueryChoice() {}

    /**
     * The constant of that name; null when the parameter is absent.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when there is none, naming all
     */
    public static <E extends Enum<E>> @Nullable E of(
            String parameter, @Nullable String value, E[] values) {
        return of(parameter, value, values, E::name);
    }

    /** The same, for values that clients know by other names. */
    public static <E> @Nullable E of(
            String parameter, @Nullable String value, E[] values, Function<E, String> name) {
        return value == null ? null : required(parameter, value, values, name);
    }

    /** The same, of a value that is there. */
    public static <E extends Enum<E>> E required(String parameter, String value, E[] values) {
        return required(parameter, value, values, E::name);
    }

    private static <E> E required(
            String parameter, String value, E[] values, Function<E, String> name) {
        return Stream.of(values)
                .filter(known -> Objects.equals(name.apply(known), value))
                .findFirst()
                .orElseThrow(() -> unknown(parameter, Stream.of(values).map(name).toList()));
    }

    private static RuntimeException unknown(String parameter, List<String> names) {
        return Problems.malformed(
                "The query parameter " + parameter + " must be one of " + names + ".");
    }
}
