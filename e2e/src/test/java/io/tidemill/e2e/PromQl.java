package io.tidemill.e2e;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of the language of Prometheus as it takes to say which series and which labels an
 * expression is about.
 *
 * @param series names of series, those of recording rules among them
 * @param labels names of labels that are matched, or grouped by
 */
record PromQl(Set<String> series, Set<String> labels) {
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern GROUPING =
            Pattern.compile(
                    "\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\boffset\\s+\\w+");
    private static final Pattern NAME =
            Pattern.compile("(?<![\\w:.])[a-zA-Z_:][\\w:]*(?!\\w|\\s*\\()");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "group_left", "group_right", "inf", "nan");

    static PromQl of(String expression) {
        Set<String> labels = new HashSet<>();
        String rest = TEXT.matcher(expression).replaceAll("");
        rest = taken(MATCHERS, rest, labels);
        rest = taken(GROUPING, rest, labels);
        rest = RANGE.matcher(rest).replaceAll("");
        Set<String> series = new TreeSet<>();
        NAME.matcher(rest)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(series::add);
        return new PromQl(series, labels);
    }

    private static String taken(Pattern list, String text, Set<String> labels) {
        Matcher matcher = list.matcher(text);
        matcher.results()
                .map(found -> found.group(1))
                .flatMap(found -> Arrays.stream(found.split(",")))
                .map(label -> label.strip().replaceAll("[^\\w].*", ""))
                .filter(label -> !label.isEmpty())
                .forEach(labels::add);
        return matcher.replaceAll(" ");
    }
}
