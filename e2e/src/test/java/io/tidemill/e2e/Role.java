package io.tidemill.e2e;

/** A process of the running system, by its place in {@code run.json}. */
enum Role {
    API("/api/0"),
    PROCESSOR("/processors/0"),
    BROKER("/broker"),
    POSTGRES("/postgres");

    private final String pointer;

    Role(String pointer) {
        this.pointer = pointer;
    }

    /** JSON pointer of its entry. */
    String pointer() {
        return pointer;
    }
}
