package io.tidemill.api.id;

import java.util.Optional;
import java.util.UUID;

/**
 * The public form of an id: a type prefix, an underscore and the UUID in 26 Crockford base-32
 * digits, as the TypeID specification 0.3 has it. The prefix keeps a job's id from being taken for
 * a file's.
 */
public enum TypeId {
    FILE("file"),
    JOB("job"),
    TASK("task"),
    DEAD_LETTER("deadletter"),
    WEBHOOK_ENDPOINT("endpoint"),
    WEBHOOK_DELIVERY("delivery");

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 26;
    private static final int BITS = 5;
    private static final int MASK = 31;

    private final String prefix;

    TypeId(String prefix) {
        this.prefix = prefix + "_";
    }

    /** The public form of an id, for example {@code job_01kc6w0m5zf8p9a2rj3n4q5s6t}. */
    public String format(UUID id) {
        char[] digits = new char[LENGTH];
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (low & MASK));
            low = (low >>> BITS) | (high << (Long.SIZE - BITS));
            high >>>= BITS;
        }
        return prefix + new String(digits);
    }

    /** The id in a public form; empty when it is not one of this type. */
    public Optional<UUID> parse(String text) {
        if (!text.startsWith(prefix)
                || text.length() != prefix.length() + LENGTH
                || text.charAt(prefix.length()) > '7') {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = prefix.length(); i < text.length(); i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            high = (high << BITS) | (low >>> (Long.SIZE - BITS));
            low = (low << BITS) | digit;
        }
        return Optional.of(new UUID(high, low));
    }
}
