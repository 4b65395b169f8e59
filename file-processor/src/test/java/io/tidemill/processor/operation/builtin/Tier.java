package io.tidemill.processor.operation.builtin;

/** With the machine's installed engines, or as on a machine that has none. */
enum Tier {
    FULL,
    EMBEDDED
}
