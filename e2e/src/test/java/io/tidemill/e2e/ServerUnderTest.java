package io.tidemill.e2e;

import java.util.Optional;

/**
 * Where the server to test answers: the system property {@code tidemill.url}, else the environment
 * variable {@code TIDEMILL_URL}.
 */
final class ServerUnderTest {
    private ServerUnderTest() {}

    /** The base URL without a slash at its end; skips the test when there is no server. */
    static String url() {
        String url =
                Optional.ofNullable(System.getProperty("tidemill.url"))
                        .or(() -> Optional.ofNullable(System.getenv("TIDEMILL_URL")))
                        .orElse("");
        Skip.unless(!url.isEmpty(), "no server to test; name one with -Dtidemill.url=http://…");
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
