package io.tidemill.api.schema;

import dev.harrel.jsonschema.Error;
import java.util.Objects;

/** Puts a validator's errors into words for people. */
final class SchemaWords {
    private SchemaWords() {}

    static String of(Error error) {
        String said = Objects.requireNonNullElse(error.getError(), "is not valid");
        return said.startsWith("False schema") ? "is not known here; leave it out" : said;
    }
}
