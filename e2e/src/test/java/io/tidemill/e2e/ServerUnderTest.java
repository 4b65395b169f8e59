package io.tidemill.e2e;

import java.util.Optional;

/**
 * Where the system to test answers: the system property {@code tidemill.url}, else the one these
 * tests start.
 */
final class ServerUnderTest {
    private ServerUnderTest() {}

    /** The base URL without a slash at its end. */
    static String url() {
        String url =
                Optional.ofNullable(System.getProperty("tidemill.url"))
                        .orElseGet(() -> SharedTidemill.get().url());
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
