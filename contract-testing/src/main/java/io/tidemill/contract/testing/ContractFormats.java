package io.tidemill.contract.testing;

import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The formats our contract uses, taken seriously: draft 2020-12 leaves formats unchecked, and
 * OpenAPI adds some of its own.
 */
final class ContractFormats implements EvaluatorFactory {
    private static final Pattern JSON_POINTER = Pattern.compile("(/([^~/]|~[01])*)*");
    private static final Map<String, Predicate<JsonNode>> FORMATS =
            Map.of(
                    "date-time", string(ContractFormats::isUtcTime),
                    "uri-reference", string(ContractFormats::isUriReference),
                    "json-pointer", string(text -> JSON_POINTER.matcher(text).matches()),
                    "int32", integer(Integer.SIZE),
                    "int64", integer(Long.SIZE));

    @Override
    public Optional<Evaluator> create(SchemaParsingContext context, String keyword, JsonNode node) {
        if (!keyword.equals("format") || !node.isString()) {
            return Optional.empty();
        }
        return Optional.ofNullable(FORMATS.get(node.asString()))
                .map(
                        valid ->
                                (_, value) ->
                                        valid.test(value)
                                                ? Evaluator.Result.success()
                                                : Evaluator.Result.failure(
                                                        "not a valid " + node.asString()));
    }

    private static Predicate<JsonNode> string(Predicate<String> valid) {
        return value -> !value.isString() || valid.test(value.asString());
    }

    private static Predicate<JsonNode> integer(int bits) {
        return value -> !value.isInteger() || fits(value.asInteger(), bits);
    }

    private static boolean fits(BigInteger value, int bits) {
        return value.bitLength() < bits;
    }

    /** RFC 3339; our contract promises UTC. */
    private static boolean isUtcTime(String text) {
        try {
            Instant.parse(text);
            return text.endsWith("Z");
        } catch (DateTimeParseException _) {
            return false;
        }
    }

    private static boolean isUriReference(String text) {
        try {
            new URI(text);
            return true;
        } catch (URISyntaxException _) {
            return false;
        }
    }
}
