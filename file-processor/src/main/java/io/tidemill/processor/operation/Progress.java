package io.tidemill.processor.operation;

/**
 * Takes an operation's progress: what was really done, never a guess by the clock. Cheap, may be
 * called often and from any thread.
 */
@FunctionalInterface
public interface Progress {
    /** Whoever does the work need not tell. */
    Progress SILENT = (_, _) -> {};

    /**
     * @param percent 0 to 99; one that is lower than before does not count
     * @param activity for people, such as {@code page 3 of 10}
     */
    void report(int percent, String activity);

    /**
     * One of several equal parts is begun, and those before it are done.
     *
     * @param part what it is called, such as {@code page}
     * @param number from 1 to {@code total}
     */
    default void begun(String part, int number, int total) {
        within(part, number, total, 0);
    }

    /**
     * As {@link #begun}, with a share of the part done already.
     *
     * @param share 0 to 1
     */
    default void within(String part, int number, int total, double share) {
        int percent = (int) ((number - 1 + share) * 100 / total);
        report(Math.min(percent, 99), "%s %d of %d".formatted(part, number, total));
    }
}
