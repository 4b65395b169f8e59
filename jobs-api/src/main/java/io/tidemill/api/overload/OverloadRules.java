package io.tidemill.api.overload;

import io.tidemill.api.dto.Priority;

/**
 * How many open tasks there may be, and who is refused first when they become many: LOW from 80 %
 * of a limit, NORMAL from 95 %, HIGH at the limit itself. Pure.
 *
 * @param all open tasks of all owners
 * @param each open tasks of one owner
 */
public record OverloadRules(long all, long each) {
    private static final int PERCENT = 100;

    /** What becomes of a submission. */
    public enum Verdict {
        ACCEPTED,
        /** It would not fit if there were no other task at all. */
        TOO_LARGE,
        OWNER_FULL,
        ALL_FULL
    }

    public OverloadRules {
        if (all < 1 || each < 1) {
            throw new IllegalArgumentException("limits are 1 or more");
        }
    }

    /**
     * Judges a submission of that many open tasks. The owner's own limit goes first, because that
     * is the one the owner can do something about.
     *
     * @param ofOwner open tasks the owner has already
     * @param ofAll open tasks there are already
     */
    public Verdict judge(Priority priority, long tasks, long ofOwner, long ofAll) {
        if (tasks > most(priority)) {
            return Verdict.TOO_LARGE;
        }
        if (ofOwner + tasks > ownerShare(priority)) {
            return Verdict.OWNER_FULL;
        }
        return ofAll + tasks > allShare(priority) ? Verdict.ALL_FULL : Verdict.ACCEPTED;
    }

    /** Open tasks that one submission of this priority may have at most. */
    public long most(Priority priority) {
        return Math.min(ownerShare(priority), allShare(priority));
    }

    /** Up to how many open tasks of one owner this priority is taken. */
    public long ownerShare(Priority priority) {
        return share(each, priority);
    }

    /** Up to how many open tasks of all owners this priority is taken. */
    public long allShare(Priority priority) {
        return share(all, priority);
    }

    /** Divides first, so that no limit is too large for it. */
    private static long share(long limit, Priority priority) {
        int percent = percent(priority);
        return limit / PERCENT * percent + limit % PERCENT * percent / PERCENT;
    }

    private static int percent(Priority priority) {
        return switch (priority) {
            case LOW -> 80;
            case NORMAL -> 95;
            case HIGH -> PERCENT;
        };
    }
}
