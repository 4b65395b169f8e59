package io.tidemill.storage.type;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HTML, SVG and other XML. What counts is the root element, found behind the prolog; nothing is
 * parsed beyond it, and no entity is ever resolved.
 */
final class Markup {
    private static final String XML_DECLARATION = "<?xml";
    private static final Pattern DOCTYPE =
            Pattern.compile("<!DOCTYPE\\s+([^\\s>\\[]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ELEMENT = Pattern.compile("<([A-Za-z_][\\w.:-]*)(?=[\\s/>])");

    /** Elements that mark HTML without a document type, from the WHATWG MIME Sniffing standard. */
    private static final Set<String> HTML_ELEMENTS =
            Set.of(
                    "html", "head", "body", "script", "iframe", "h1", "div", "font", "table", "a",
                    "style", "title", "b", "br", "p");

    private Markup() {}

    static @Nullable String sniff(String text) {
        int start = skipBlank(text, 0);
        boolean declared = text.startsWith(XML_DECLARATION, start);
        int at = skipProlog(text, start);
        Matcher doctype = DOCTYPE.matcher(text).region(at, text.length());
        if (doctype.lookingAt()) {
            return byRoot(doctype.group(1), declared, true);
        }
        Matcher element =
                ELEMENT.matcher(text).region(at, text.length()).useTransparentBounds(true);
        if (element.lookingAt()) {
            return byRoot(element.group(1), declared, false);
        }
        return declared ? "application/xml" : null;
    }

    private static @Nullable String byRoot(String qualified, boolean declared, boolean doctype) {
        String root = qualified.substring(qualified.indexOf(':') + 1);
        if (root.equals("svg")) {
            return "image/svg+xml";
        }
        String lower = root.toLowerCase(Locale.ROOT);
        if (lower.equals("html")) {
            return declared ? "application/xhtml+xml" : "text/html";
        }
        if (declared || doctype) {
            return "application/xml";
        }
        return HTML_ELEMENTS.contains(lower) ? "text/html" : null;
    }

    /** Past blanks, comments and processing instructions. */
    private static int skipProlog(String text, int from) {
        int at = skipBlank(text, from);
        while (at < text.length()) {
            String end =
                    text.startsWith("<!--", at) ? "-->" : text.startsWith("<?", at) ? "?>" : "";
            if (end.isEmpty()) {
                return at;
            }
            int found = text.indexOf(end, at);
            at = found < 0 ? text.length() : skipBlank(text, found + end.length());
        }
        return at;
    }

    private static int skipBlank(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
