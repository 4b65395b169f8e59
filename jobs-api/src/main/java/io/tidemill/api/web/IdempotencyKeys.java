package io.tidemill.api.web;

import io.tidemill.api.identity.Caller;
import io.tidemill.api.problem.Problems;
import io.tidemill.api.store.IdempotencyClaim;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Idempotency-Key} (IETF draft-ietf-httpapi-idempotency-key-header). */
public final class IdempotencyKeys {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private IdempotencyKeys() {}

    /**
     * The caller's claim; null without a key.
     *
     * @param kind of request, so that the same body sent elsewhere is another request
     * @param request everything that makes it the same request
     * @throws io.tidemill.api.problem.ProblemException 400 when the key is not 1 to 255 visible
     *     ASCII characters
     */
    public static @Nullable IdempotencyClaim claim(
            Caller caller, @Nullable String key, String kind, String request) {
        if (key == null) {
            return null;
        }
        if (!KEY.matcher(key).matches()) {
            throw Problems.malformed(
                    "The header Idempotency-Key must be 1 to 255 visible ASCII characters.");
        }
        return new IdempotencyClaim(caller.owner(), key, Digests.sha256(kind + '\n' + request));
    }
}
