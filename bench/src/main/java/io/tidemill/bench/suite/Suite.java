package io.tidemill.bench.suite;

import java.util.List;

/** Scenarios that are measured together, with options of their own. */
public interface Suite {
    /** The word on the command line. */
    String name();

    List<Option> options();

    /** Measures everything; returns when nothing that it started runs any more. */
    void run(Session session) throws Exception;
}
