package io.tidemill.contract.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Holds an answer's headers, media type and body against one Response Object. */
final class AnswerCheck {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,9}");

    private final ContractDocument document;
    private final JsonCheck json;

    AnswerCheck(ContractDocument document, JsonCheck json) {
        this.document = document;
        this.json = json;
    }

    List<String> breaches(JsonNode response, Exchange exchange) {
        List<String> breaches = new ArrayList<>();
        response.path("headers")
                .forEachEntry(
                        (name, header) ->
                                breaches.addAll(header(name, document.resolve(header), exchange)));
        breaches.addAll(content(response.path("content"), exchange));
        return breaches;
    }

    private List<String> header(String name, JsonNode header, Exchange exchange) {
        String value = exchange.headers().get(name);
        if (value != null) {
            JsonNode schema = header.path("schema");
            return json.value("header " + name, schema, typed(schema, value));
        }
        return header.path("required").booleanValue()
                ? List.of("required header " + name + " is missing")
                : List.of();
    }

    private JsonNode typed(JsonNode schema, String value) {
        boolean integer = document.resolve(schema).path("type").asText("").equals("integer");
        return integer && INTEGER.matcher(value).matches()
                ? IntNode.valueOf(Integer.parseInt(value))
                : TextNode.valueOf(value);
    }

    private List<String> content(JsonNode content, Exchange exchange) {
        if (content.isEmpty()) {
            return exchange.hasBody() ? List.of("a body where the contract has none") : List.of();
        }
        return exchange.method().equals("HEAD") ? List.of() : body(content, exchange);
    }

    private List<String> body(JsonNode content, Exchange exchange) {
        String mediaType = exchange.mediaType();
        Optional<JsonNode> declared = MediaRanges.best(content, mediaType);
        if (declared.isEmpty()) {
            return List.of("media type is not declared: '" + mediaType + "'");
        }
        JsonNode schema = declared.get().path("schema");
        String text = exchange.body() == null ? "" : exchange.body();
        if (mediaType.endsWith("/x-ndjson")) {
            return json.lines(schema, text);
        }
        boolean isJson = mediaType.endsWith("/json") || mediaType.endsWith("+json");
        return isJson ? json.document("body", schema, text) : List.of();
    }
}
