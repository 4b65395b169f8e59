package io.tidemill.processor.broker;

/** A message that can never be understood here: garbage, or a form of another version. */
public final class MessageRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String why;

    MessageRefusedException(String why) {
        super(why);
        this.why = why;
    }

    /** In one line, for the log and the dead-letter queue. */
    public String why() {
        return why;
    }
}
