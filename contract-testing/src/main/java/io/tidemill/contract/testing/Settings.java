package io.tidemill.contract.testing;

import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings with their defaults, from the configuration interfaces in the code and from the tables
 * in a document, so that a test can compare the two.
 */
public final class Settings {
    /** Stands in the default's place for a setting that must be given. */
    public static final String REQUIRED = "required";

    /** Stands in the default's place for a setting that may be left out. */
    public static final String NONE = "none";

    private static final Pattern ROW =
            Pattern.compile("^\\| `([a-z][a-z0-9.-]*)` \\| ([^|]+) \\|", Pattern.MULTILINE);

    private Settings() {}

    /**
     * Every key of a configuration interface, with its default.
     *
     * @param prefix of all keys, without a dot at the end
     * @param defaults what a method's annotation says, if it has one
     */
    public static SortedMap<String, String> inCode(
            Class<?> mapping, String prefix, Function<Method, Optional<String>> defaults) {
        SortedMap<String, String> settings = new TreeMap<>();
        for (Method method : mapping.getDeclaredMethods()) {
            String key = prefix + "." + hyphenated(method.getName());
            Class<?> type = method.getReturnType();
            if (mapping.equals(type.getDeclaringClass())) {
                settings.putAll(inCode(type, key, defaults));
            } else {
                settings.put(key, defaultOf(method, defaults));
            }
        }
        return settings;
    }

    /**
     * Every key in the tables of one section of a document: rows that begin with a key in
     * backticks, then its default.
     *
     * @param heading the section's, without the number signs; the section ends at the next second
     *     level heading
     */
    public static SortedMap<String, String> inDocument(String document, String heading) {
        String[] sections = document.split("(?m)^## ");
        SortedMap<String, String> settings = new TreeMap<>();
        for (String section : sections) {
            if (section.startsWith(heading + "\n")) {
                Matcher row = ROW.matcher(section);
                while (row.find()) {
                    settings.put(row.group(1), row.group(2).strip().replace("`", ""));
                }
            }
        }
        return settings;
    }

    private static String defaultOf(Method method, Function<Method, Optional<String>> defaults) {
        boolean optional = method.getReturnType().equals(Optional.class);
        return defaults.apply(method).orElse(optional ? NONE : REQUIRED);
    }

    private static String hyphenated(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
