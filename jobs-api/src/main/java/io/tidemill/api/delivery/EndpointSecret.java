package io.tidemill.api.delivery;

import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * The secret an endpoint and its receiver share, in the form of Standard Webhooks 1.0: {@code
 * whsec_} and the base64 of its bytes.
 */
public record EndpointSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    /**
     * Makes a new one.
     *
     * @param random a cryptographic one
     */
    public static EndpointSecret create(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new EndpointSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    /** A secret does not belong into a log. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
