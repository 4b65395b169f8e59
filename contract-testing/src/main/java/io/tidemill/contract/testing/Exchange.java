package io.tidemill.contract.testing;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, as seen on the wire.
 *
 * @param path with or without a query, percent-encoding kept
 * @param requestBody the JSON that was sent; absent when it was not JSON or is of no interest
 * @param headers of the answer; names in any case
 * @param body of the answer, absent when there was none or it was not read
 */
public record Exchange(
        String method,
        String path,
        @Nullable String requestBody,
        int status,
        Map<String, String> headers,
        @Nullable String body) {
    public Exchange {
        method = method.toUpperCase(Locale.ROOT);
        int query = path.indexOf('?');
        path = query < 0 ? path : path.substring(0, query);
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    /** The answer's media type without its parameters, empty when there is none. */
    String mediaType() {
        String value = headers.getOrDefault("Content-Type", "");
        int parameters = value.indexOf(';');
        return (parameters < 0 ? value : value.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** Whether the caller gets a body to look at. */
    boolean hasBody() {
        return body != null && !body.isEmpty() && !method.equals("HEAD");
    }

    @Override
    public String toString() {
        return method + " " + path + " → " + status;
    }
}
