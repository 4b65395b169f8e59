package io.tidemill.bench.live;

import java.math.BigInteger;

/** Ids as clients see them: TypeIDs, that is the UUID in Crockford's base 32 after the type. */
final class JobIds {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int DIGITS = 26;
    private static final int BITS = 5;
    private static final int LAST_FIVE = 31;
    private static final int HEXADECIMAL = 16;

    private JobIds() {}

    /** The public id of this row. */
    static String of(String uuid) {
        BigInteger number = new BigInteger(uuid.replace("-", ""), HEXADECIMAL);
        StringBuilder text = new StringBuilder("job_");
        for (int i = DIGITS - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(number.shiftRight(i * BITS).intValue() & LAST_FIVE));
        }
        return text.toString();
    }
}
