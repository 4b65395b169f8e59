package io.tidemill.contract.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Our real contract: it is found, and its own examples keep it, closed as the tests read it. */
class OwnContractTest {
    private final ContractDocument document = ContractDocument.find();
    private final ContractSchemas schemas = new ContractSchemas(document.schemas());

    @Test
    void isReadOnce() {
        assertSame(OpenApiContract.load(), OpenApiContract.load());
    }

    @Test
    void everyExampleOfAnAnswerKeepsItsSchema() {
        List<JsonNode> contents = document.root().findValues("content");
        List<String> breaches = new ArrayList<>();
        contents.forEach(content -> content.forEach(type -> breaches.addAll(breaches(type))));
        assertFalse(contents.isEmpty());
        assertEquals(List.of(), breaches);
    }

    @Test
    void everyProblemExampleCarriesTheStatusItIsAnExampleOf() {
        List<String> wrong = new ArrayList<>();
        for (ContractOperation operation : document.operations()) {
            operation
                    .node()
                    .path("responses")
                    .forEachEntry(
                            (status, response) -> {
                                if (!status.equals("default")) {
                                    examples(
                                                    document.resolve(response)
                                                            .at(
                                                                    "/content/application~1problem+json"))
                                            .map(example -> example.path("status").asText())
                                            .filter(shown -> !shown.equals(status))
                                            .forEach(
                                                    shown ->
                                                            wrong.add(
                                                                    operation.id()
                                                                            + " "
                                                                            + status
                                                                            + ": "
                                                                            + shown));
                                }
                            });
        }
        assertEquals(List.of(), wrong);
    }

    private List<String> breaches(JsonNode type) {
        return examples(type)
                .flatMap(value -> schemas.check(type.path("schema"), value).stream())
                .toList();
    }

    private Stream<JsonNode> examples(JsonNode type) {
        return type.path("examples")
                .valueStream()
                .map(document::resolve)
                .map(node -> node.path("value"));
    }
}
