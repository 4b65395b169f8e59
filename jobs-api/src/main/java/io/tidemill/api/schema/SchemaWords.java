package io.tidemill.api.schema;

import dev.harrel.jsonschema.Error;
import java.util.Objects;

/** Puts a validator's errors into words for people. */
final class SchemaWords {
    private static final String NO_CONTROL_CHARACTERS = "regular expression [^[^\\x00-\\x1f";

    private SchemaWords() {}

    static String of(Error error) {
        String said = Objects.requireNonNullElse(error.getError(), "is not valid");
        if (said.startsWith("False schema")) {
            return "is not known here; leave it out";
        }
        return said.contains(NO_CONTROL_CHARACTERS) ? "must not hold control characters" : said;
    }
}
