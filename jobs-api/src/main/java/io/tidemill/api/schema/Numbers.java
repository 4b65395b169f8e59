package io.tidemill.api.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds numbers no validator can compare. */
final class Numbers {
    private Numbers() {}

    /** Whether a number anywhere in the value, such as 1e999, is beyond the range of a double. */
    static boolean anyTooLarge(JsonNode value) {
        if (value.isFloatingPointNumber()) {
            return !Double.isFinite(value.doubleValue());
        }
        for (JsonNode child : value) {
            if (anyTooLarge(child)) {
                return true;
            }
        }
        return false;
    }
}
