package io.tidemill.processor.engine.installed;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.processor.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages of a PDF, as {@code pdfinfo} tells.
 *
 * @param count of all pages
 * @param longSides in points (1/72 inch), of the pages whose sizes were asked for
 */
public record PdfPages(int count, List<Double> longSides) {
    private static final Pattern COUNT = Pattern.compile("(?m)^Pages:\\s+(\\d{1,9})$");
    private static final Pattern SIZE =
            Pattern.compile("(?m)^Page\\s+\\d+ size:\\s+([\\d.]+) x ([\\d.]+) pts");

    public PdfPages {
        longSides = List.copyOf(longSides);
    }

    /** The pages, or why there are none. */
    public sealed interface Reading {
        record Pages(PdfPages pages) implements Reading {}

        record Unreadable(Failure failure) implements Reading {}
    }

    public static Reading read(ToolResult result, int maxPages) {
        if (!result.succeeded()) {
            return new Reading.Unreadable(failure(result));
        }
        Matcher count = COUNT.matcher(result.stdout());
        if (!count.find()) {
            return unreadable(FailureCode.INVALID_INPUT, "The PDF has no pages.");
        }
        int pages = Integer.parseInt(count.group(1));
        return pages > maxPages
                ? unreadable(
                        FailureCode.LIMIT_EXCEEDED,
                        "The PDF has %d pages; the limit is %d.".formatted(pages, maxPages))
                : new Reading.Pages(new PdfPages(pages, longSides(result.stdout())));
    }

    /** Why Poppler could not read a PDF. */
    public static Failure failure(ToolResult result) {
        if (result.stderr().contains("Incorrect password")) {
            return FailureCode.PASSWORD_PROTECTED.because("The PDF needs a password.");
        }
        return switch (result.cause(FailureCode.INVALID_INPUT)) {
            case INVALID_INPUT ->
                    FailureCode.INVALID_INPUT.because("The PDF is damaged and cannot be read.");
            case LIMIT_EXCEEDED ->
                    FailureCode.LIMIT_EXCEEDED.because(
                            "The PDF unpacks to more, or takes more work, than is allowed.");
            case FailureCode other -> other.because("The PDF could not be read within the limits.");
        };
    }

    private static Reading unreadable(FailureCode code, String detail) {
        return new Reading.Unreadable(code.because(detail));
    }

    private static List<Double> longSides(String text) {
        List<Double> sides = new ArrayList<>();
        SIZE.matcher(text).results().forEach(size -> sides.add(longer(size)));
        return sides;
    }

    private static double longer(MatchResult size) {
        return Math.max(Double.parseDouble(size.group(1)), Double.parseDouble(size.group(2)));
    }
}
