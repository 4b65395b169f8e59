package io.tidemill.contract;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything about an operation that clients, the API and the processors must agree on. One JSON
 * file each, see {@link Operations}.
 *
 * @param name lower-case words joined by hyphens
 * @param version of the operation's parameters and results, {@code major.minor}
 * @param accepts media types, each exact ({@code image/jpeg}), a family ({@code image/*}) or {@code
 *     *}{@code /*}
 * @param taskQueue where its tasks wait
 * @param maxInputBytes larger files fail with {@code LIMIT_EXCEEDED}
 * @param timeoutSeconds wall-clock limit of one attempt
 * @param maxAttempts how often a task is started at most
 * @param retrySchedule name of the schedule by which failed attempts are tried again; {@value
 *     #STANDARD_SCHEDULE} when absent in JSON
 * @param expectedMillis rough working time, until measured; short tasks travel in bundles
 * @param localOnly offered in the local profile only
 * @param parametersSchema JSON Schema (2020-12) of the parameters
 */
public record OperationDescriptor(
        String name,
        String version,
        String summary,
        List<String> accepts,
        String taskQueue,
        long maxInputBytes,
        int timeoutSeconds,
        int maxAttempts,
        String retrySchedule,
        int expectedMillis,
        boolean localOnly,
        Map<String, Object> parametersSchema) {
    public static final String STANDARD_SCHEDULE = "standard";

    public OperationDescriptor {
        retrySchedule = Objects.requireNonNullElse(retrySchedule, STANDARD_SCHEDULE);
        accepts = List.copyOf(accepts);
        parametersSchema = Map.copyOf(parametersSchema);
    }

    /** Whether a file of this media type may be given to the operation. */
    public boolean accepts(String mediaType) {
        return accepts.stream().anyMatch(pattern -> matches(pattern, mediaType));
    }

    private static boolean matches(String pattern, String mediaType) {
        return pattern.equals("*/*")
                || pattern.equals(mediaType)
                || (pattern.endsWith("/*")
                        && mediaType.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
