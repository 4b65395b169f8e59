package io.tidemill.bench.measure;

import java.math.BigInteger;

/** Ids as clients see them: TypeIDs, that is the UUID in Crockford's base 32 after the type. */
public final class PublicIds {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int DIGITS = 26;
    private static final int BITS = 5;
    private static final int LAST_FIVE = 31;
    private static final int HEXADECIMAL = 16;

    private PublicIds() {}

    /**
     * The public id of this row.
     *
     * @param type such as {@code job}
     */
    public static String of(String type, String uuid) {
        BigInteger number = new BigInteger(uuid.replace("-", ""), HEXADECIMAL);
        StringBuilder text = new StringBuilder(type + "_");
        for (int i = DIGITS - 1; i >= 0; i--) {
            text.append(ALPHABET.charAt(number.shiftRight(i * BITS).intValue() & LAST_FIVE));
        }
        return text.toString();
    }

    /** The row of this public id. */
    public static String uuid(String id) {
        BigInteger number = BigInteger.ZERO;
        for (char digit : id.substring(id.indexOf('_') + 1).toCharArray()) {
            number = number.shiftLeft(BITS).or(BigInteger.valueOf(ALPHABET.indexOf(digit)));
        }
        return "%032x"
                .formatted(number)
                .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
}
