package io.tidemill.api.paging;

import io.tidemill.api.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on: the keys of the last item, opaque to callers and good for one owner and one
 * list only.
 *
 * @param list names the list, filters included
 * @param keys sort keys of the last item on the page before
 */
public record Cursor(String owner, String list, List<String> keys) {
    private static final String SEPARATOR = "\n";

    public String encode() {
        String text = fingerprint(owner, list) + SEPARATOR + String.join(SEPARATOR, keys);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The keys to go on from; empty for the first page.
     *
     * @param keys how many keys this list has
     * @throws io.tidemill.api.problem.ProblemException 400 when the cursor is not one of this list
     *     and owner
     */
    public static Optional<List<String>> decode(
            @Nullable String cursor, String owner, String list, int keys) {
        if (cursor == null) {
            return Optional.empty();
        }
        List<String> parts = parts(cursor);
        if (parts.size() != keys + 1 || !parts.getFirst().equals(fingerprint(owner, list))) {
            throw wrong();
        }
        return Optional.of(parts.subList(1, parts.size()));
    }

    /** A key that is a UUID. */
    public static UUID uuid(String key) {
        try {
            return UUID.fromString(key);
        } catch (IllegalArgumentException _) {
            throw wrong();
        }
    }

    /** A key that is a number from 0 to {@code most}. */
    public static int number(String key, int most) {
        try {
            int number = Integer.parseInt(key);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // As wrong as one beyond the bounds.
        }
        throw wrong();
    }

    private static List<String> parts(String cursor) {
        try {
            return List.of(
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
                            .split(SEPARATOR, -1));
        } catch (IllegalArgumentException _) {
            throw wrong();
        }
    }

    private static RuntimeException wrong() {
        return Problems.malformed(
                "The cursor is not one of this list. Take nextCursor from the page before, or begin without one.");
    }

    private static String fingerprint(String owner, String list) {
        return Integer.toHexString(Objects.hash(owner, list));
    }
}
