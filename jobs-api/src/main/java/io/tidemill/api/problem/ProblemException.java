package io.tidemill.api.problem;

import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error the caller is told about, ready to become problem+json. Made by {@link Problems}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_DETAIL = 2_000;

    private final int status;
    private final String code;
    private final transient List<FieldError> errors;
    private final transient List<String> allowed;
    private final transient Map<String, String> headers;

    ProblemException(int status, String code, String detail) {
        this(status, code, detail, List.of(), List.of(), Map.of());
    }

    ProblemException(
            int status,
            String code,
            String detail,
            List<FieldError> errors,
            List<String> allowed,
            Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
        this.allowed = allowed;
        this.headers = headers;
    }

    /** HTTP status, 400 to 599. */
    public int status() {
        return status;
    }

    /** Header fields the answer must carry, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body. */
    public Problem toProblem(@Nullable String instance, @Nullable String traceId) {
        String words = code.toLowerCase(Locale.ROOT);
        String title = words.replace('_', ' ');
        String detail = String.valueOf(getMessage());
        return new Problem(
                "urn:tidemill:problem:" + words.replace('_', '-'),
                Character.toUpperCase(title.charAt(0)) + title.substring(1),
                status,
                detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL - 1) + "…" : detail,
                instance,
                code,
                status == 409 || status == 429 || status >= 500,
                errors.isEmpty() ? null : errors,
                allowed.isEmpty() ? null : allowed,
                traceId);
    }
}
