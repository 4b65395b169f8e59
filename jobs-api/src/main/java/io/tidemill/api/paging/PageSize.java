package io.tidemill.api.paging;

import io.tidemill.api.problem.Problems;
import org.jspecify.annotations.Nullable;

/** How many items a page has. */
public final class PageSize {
    public static final int DEFAULT = 50;
    public static final int MOST = 500;

    private PageSize() {}

    /**
     * Reads the query parameter {@code limit}.
     *
     * @return 1 to {@value #MOST}; {@value #DEFAULT} when absent
     */
    public static int of(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT;
        }
        try {
            int size = Integer.parseInt(limit);
            if (size >= 1 && size <= MOST) {
                return size;
            }
        } catch (NumberFormatException _) {
            // said below, as for a number out of range
        }
        throw Problems.malformed(
                "The query parameter limit must be a whole number from 1 to " + MOST + ".");
    }
}
