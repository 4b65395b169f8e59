package io.tidemill.api.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code Retry-After} (RFC 9110, section 10.2.3) of an answer. */
public final class AskedWait {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

    private AskedWait() {}

    /** The wait from now on; empty when the field is absent, past or not understood. */
    public static Optional<Duration> of(@Nullable String field, Instant now) {
        if (field == null) {
            return Optional.empty();
        }
        String value = field.strip();
        return SECONDS.matcher(value).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                : date(value).map(date -> Duration.between(now, date)).filter(Duration::isPositive);
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(Instant.from(DATE.parse(value)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
