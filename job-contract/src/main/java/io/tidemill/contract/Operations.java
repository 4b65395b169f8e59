package io.tidemill.contract;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/**
 * The operations there are, and where their descriptors lie on the class path. Named one by one:
 * nothing is scanned.
 */
public final class Operations {
    public static final List<String> NAMES =
            List.of("inspect", "virus-scan", "thumbnail", "extract-text", "ocr", "noop");

    private Operations() {}

    /**
     * The descriptor's JSON, to be read as an {@link OperationDescriptor} and closed by the caller.
     */
    public static InputStream open(String name) {
        String resource = "/io/tidemill/contract/operation/" + name + ".json";
        return Objects.requireNonNull(
                Operations.class.getResourceAsStream(resource),
                () -> "no descriptor on the class path: " + resource);
    }
}
