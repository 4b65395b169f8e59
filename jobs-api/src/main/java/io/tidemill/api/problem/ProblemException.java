package io.tidemill.api.problem;

import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.Problem;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An error the caller is told about, ready to become problem+json. Made by {@link Problems}. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_DETAIL = 2_000;
    static final int MAX_FIELD = 1_000;
    private static final Pattern UNSHOWABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

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

    /** For machines, for example {@code OVERLOADED}. */
    public String code() {
        return code;
    }

    /** Header fields the answer must carry, such as {@code Retry-After}. */
    public Map<String, String> headers() {
        return headers;
    }

    /** The body. */
    public Problem toProblem(@Nullable String instance, @Nullable String traceId) {
        return new Problem(
                ProblemWords.type(code),
                ProblemWords.title(code),
                status,
                shown(String.valueOf(getMessage()), MAX_DETAIL),
                instance != null && instance.length() > MAX_DETAIL ? null : instance,
                code,
                status == 409 || status == 429 || status >= 500,
                errors.isEmpty() ? null : errors.stream().map(ProblemException::shown).toList(),
                allowed.isEmpty() ? null : allowed,
                traceId);
    }

    private static FieldError shown(FieldError error) {
        return new FieldError(pointer(error.pointer()), shown(error.detail(), MAX_FIELD));
    }

    /** A pointer that is too long is that of the object around the field. */
    private static String pointer(String pointer) {
        String shown = UNSHOWABLE.matcher(pointer).replaceAll("?");
        return shown.length() > MAX_FIELD
                ? shown.substring(0, Math.max(0, shown.lastIndexOf('/', MAX_FIELD)))
                : shown;
    }

    /** What callers sent comes back without control characters and half surrogate pairs. */
    static String shown(String text, int most) {
        String shown = UNSHOWABLE.matcher(text).replaceAll("?");
        return shown.length() > most ? shown.substring(0, most - 1) + "…" : shown;
    }
}
