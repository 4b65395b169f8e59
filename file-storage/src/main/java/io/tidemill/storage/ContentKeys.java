package io.tidemill.storage;

/**
 * Keeps anything but a SHA-256 from being used as a key, so that a key can become part of a path or
 * an address without escaping from it.
 */
public final class ContentKeys {
    private static final int DIGITS = 64;

    private ContentKeys() {}

    /**
     * The key itself.
     *
     * @throws IllegalArgumentException unless it is 64 lower-case hex digits
     */
    public static String require(String sha256) {
        if (sha256.length() != DIGITS || !sha256.chars().allMatch(ContentKeys::isHexDigit)) {
            throw new IllegalArgumentException("a key is 64 lower-case hex digits");
        }
        return sha256;
    }

    private static boolean isHexDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}
