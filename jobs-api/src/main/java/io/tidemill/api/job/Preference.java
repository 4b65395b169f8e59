package io.tidemill.api.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the caller would like to wait, from {@code Prefer: wait=n} (RFC 7240). What cannot be
 * understood is no preference.
 *
 * @param time 0 to 60 s; empty when nothing was said
 */
record Preference(Optional<Duration> time) {
    static final int MOST_SECONDS = 60;
    private static final Pattern WAIT =
            Pattern.compile(
                    "(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?\\s*(?:[,;]|$)",
                    Pattern.CASE_INSENSITIVE);

    static Preference of(List<String> headers) {
        Matcher matcher = WAIT.matcher(String.join(",", headers));
        return new Preference(
                matcher.find()
                        ? Optional.of(
                                Duration.ofSeconds(
                                        Math.min(MOST_SECONDS, Integer.parseInt(matcher.group(1)))))
                        : Optional.empty());
    }

    Optional<String> applied() {
        return time.map(most -> "wait=" + most.toSeconds());
    }
}
