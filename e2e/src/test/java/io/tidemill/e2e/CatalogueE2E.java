package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the running system tells about itself. */
class CatalogueE2E {
    private static final Pattern OPERATION_ID =
            Pattern.compile("^ +operationId: *(\\w+)", Pattern.MULTILINE);

    private final Api api = Api.of(CatalogueE2E.class);

    @Test
    void everyOperationNamesItsEngineOrTheWayToGetOne() {
        List<JsonNode> operations = Api.items(api.get("/v1/operations"));
        assertEquals(
                List.of("extract-text", "inspect", "noop", "ocr", "thumbnail", "virus-scan"),
                operations.stream().map(o -> o.path("name").asText()).sorted().toList());
        operations.forEach(CatalogueE2E::assertEngineOrReason);
    }

    private static void assertEngineOrReason(JsonNode operation) {
        if (operation.path("available").asBoolean()) {
            JsonNode engine = operation.at("/engines/0");
            assertTrue(
                    List.of("full", "embedded").contains(engine.path("tier").asText()),
                    operation::toString);
            assertFalse(engine.path("name").asText().isBlank(), operation::toString);
            assertFalse(engine.path("version").asText().isBlank(), operation::toString);
        } else {
            assertTrue(
                    operation.path("unavailableReason").asText().contains("./tidemill engines"),
                    operation::toString);
        }
    }

    @Test
    void everyNamedPipelineUsesKnownOperations() {
        List<JsonNode> pipelines = Api.items(api.get("/v1/pipelines"));
        assertFalse(pipelines.isEmpty());
        for (JsonNode pipeline : pipelines) {
            assertEquals(pipeline, api.get("/v1/pipelines/" + pipeline.path("name").asText()));
            pipeline.path("steps")
                    .forEach(step -> api.get("/v1/operations/" + step.path("operation").asText()));
        }
    }

    @Test
    void theServedDocumentIsTheContract() throws IOException {
        Response served = RestAssured.get(ServerUnderTest.url() + "/q/openapi");
        assertEquals(200, served.statusCode());
        String contract = Files.readString(Tidemill.HOME.resolve("openapi.yaml"));
        assertEquals(operationIds(contract), operationIds(served.asString()));
        assertFalse(operationIds(contract).isEmpty());
    }

    private static List<String> operationIds(String yaml) {
        return OPERATION_ID.matcher(yaml).results().map(m -> m.group(1)).sorted().toList();
    }

    @Test
    void swaggerUiShowsIt() {
        Response page = RestAssured.get(ServerUnderTest.url() + "/q/swagger-ui/");
        assertEquals(200, page.statusCode());
        assertTrue(page.asString().contains("/q/openapi"), page::asString);
    }
}
