package io.tidemill.api.policy;

/** So many tasks may go in this round, for one reason: a limit, or the tokens of a rate. */
public final class Allowance {
    private final int most;
    private int used;

    /**
     * An allowance.
     *
     * @param most negative counts as 0
     */
    public Allowance(int most) {
        this.most = Math.max(0, most);
    }

    boolean isUsedUp() {
        return used >= most;
    }

    void use() {
        used++;
    }

    /** Tasks that went. */
    public int used() {
        return used;
    }
}
