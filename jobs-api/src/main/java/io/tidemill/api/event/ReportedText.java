package io.tidemill.api.event;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.contract.FileRef;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings texts from processors into a form that the database can hold and the HTTP contract allows.
 * Pure.
 */
final class ReportedText {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}+");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[A-Za-z0-9.+*-]{1,63}/[A-Za-z0-9.+*-]{1,63}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,62}");
    private static final int MOST_ACTIVITY = 200;
    private static final int MOST_NAME = 255;
    private static final char NUL = 0;

    private ReportedText() {}

    /** PostgreSQL's text holds every character but one. */
    static boolean isStorable(String text) {
        return text.indexOf(NUL) < 0;
    }

    /** What the processor does right now, on one line. */
    static @Nullable String activity(@Nullable String text) {
        return text == null ? null : line(text, MOST_ACTIVITY);
    }

    /** For the next attempt's eyes only. */
    static @Nullable String checkpoint(@Nullable String text) {
        return text == null ? null : text.replace(NUL, ' ');
    }

    /** A code of another form than ours is no code. */
    static Failure failure(Failure failure) {
        String code =
                CODE.matcher(failure.code()).matches()
                        ? failure.code()
                        : FailureCode.INTERNAL_ERROR.name();
        return new Failure(code, failure.errorClass(), failure.detail().replace(NUL, '?'));
    }

    static List<FileRef> outputs(List<FileRef> outputs) {
        return outputs.stream().map(ReportedText::output).toList();
    }

    private static FileRef output(FileRef file) {
        String name = line(file.name(), MOST_NAME);
        boolean typed = MEDIA_TYPE.matcher(file.mediaType()).matches();
        return new FileRef(
                name.isEmpty() ? "unnamed" : name,
                typed ? file.mediaType() : "application/octet-stream",
                file.size(),
                file.sha256());
    }

    private static String line(String text, int most) {
        String line = CONTROL.matcher(text).replaceAll(" ").strip();
        return line.length() <= most ? line : line.substring(0, most);
    }
}
