package io.tidemill.contract.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Says whether an answer keeps {@code openapi.yaml}: call, status, headers, media type and body.
 * Stricter than a client may be: a field or status the contract does not name is a breach.
 */
public final class OpenApiContract {
    private static final String ANY_PROBLEM = "/components/responses/Problem";
    private static final String JSON_REQUEST = "/requestBody/content/application~1json/schema";

    private final ContractDocument document;
    private final JsonCheck json;
    private final AnswerCheck answers;

    OpenApiContract(ContractDocument document) {
        this.document = document;
        this.json = new JsonCheck(new ContractSchemas(document.schemas()));
        this.answers = new AnswerCheck(document, json);
    }

    /** The contract of this project; read once, however often this is called. */
    public static OpenApiContract load() {
        return Loaded.CONTRACT;
    }

    /** Every breach in the exchange, in words; empty when it keeps the contract. */
    public List<String> validate(Exchange exchange) {
        return operationOf(exchange)
                .map(operation -> known(operation, exchange))
                .orElseGet(() -> unknown(exchange))
                .stream()
                .map(breach -> exchange + ": " + breach)
                .toList();
    }

    /** Every breach in a JSON text that one of the named schemas describes, in words. */
    public List<String> validate(String schema, String text) {
        return json.document(schema, document.root().at("/components/schemas/" + schema), text);
    }

    private Optional<ContractOperation> operationOf(Exchange exchange) {
        return document.operations().stream()
                .filter(operation -> operation.method().equals(exchange.method()))
                .filter(operation -> operation.matches(exchange.path()))
                .min(Comparator.comparingLong(ContractOperation::variables));
    }

    /** A call the contract does not know may only be refused, and in the usual form. */
    private List<String> unknown(Exchange exchange) {
        boolean pathKnown =
                document.operations().stream().anyMatch(known -> known.matches(exchange.path()));
        int wanted = pathKnown ? 405 : 404;
        return exchange.status() == wanted
                ? answers.breaches(document.root().at(ANY_PROBLEM), exchange)
                : List.of("the contract has no such call, so the answer must be " + wanted);
    }

    private List<String> known(ContractOperation operation, Exchange exchange) {
        List<String> breaches = new ArrayList<>(acceptedRequest(operation, exchange));
        JsonNode response = declared(operation.node().path("responses"), exchange.status());
        if (response.isMissingNode()) {
            breaches.add("status is not declared");
        } else {
            breaches.addAll(answers.breaches(document.resolve(response), exchange));
        }
        return breaches;
    }

    /** A server that takes what the contract refuses has drifted too. */
    private List<String> acceptedRequest(ContractOperation operation, Exchange exchange) {
        JsonNode schema = operation.node().at(JSON_REQUEST);
        String sent = exchange.requestBody();
        return exchange.status() < 300 && sent != null && !schema.isMissingNode()
                ? json.document("accepted request body", schema, sent)
                : List.of();
    }

    /** {@code default} speaks of errors only. */
    private static JsonNode declared(JsonNode responses, int status) {
        JsonNode exact = responses.path(String.valueOf(status));
        return exact.isMissingNode() && status >= 400 ? responses.path("default") : exact;
    }

    private static final class Loaded {
        static final OpenApiContract CONTRACT = new OpenApiContract(ContractDocument.find());
    }
}
