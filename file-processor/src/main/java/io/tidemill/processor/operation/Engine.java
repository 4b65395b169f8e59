package io.tidemill.processor.operation;

/** What does the work of an operation on this machine. */
public sealed interface Engine {

    /** A usable engine; {@code tier} is {@code full} or {@code embedded}. */
    record Available(String tier, String name, String version) implements Engine {}

    /** No usable engine; {@code reason} says why and names the command that mends it. */
    record Unavailable(String reason) implements Engine {}
}
