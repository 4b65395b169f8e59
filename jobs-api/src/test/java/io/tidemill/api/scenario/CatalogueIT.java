package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.tidemill.contract.OfferedOperation;
import io.tidemill.contract.TaskEvent;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be done to a file, and who can do it now. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class CatalogueIT extends Scenario {
    @BeforeEach
    void forgetWorkers() throws SQLException {
        execute("delete from worker");
    }

    @Test
    void anOperationNobodyOffersIsListedAsUnavailable() {
        JsonPath operation = Caller.ok(caller.get("/v1/operations/thumbnail"));
        assertFalse(operation.getBoolean("available"));
        assertTrue(operation.getString("unavailableReason").contains("start one"));
        assertEquals(List.of(), operation.getList("engines"));
    }

    @Test
    void aProcessorThatAnnouncesItselfMakesItsOperationsAvailable() {
        processor.publish(
                new TaskEvent.Announced(
                        "standard",
                        4,
                        "setsid+prlimit",
                        List.of(
                                new OfferedOperation(
                                        "thumbnail", "1.0", "full", "libvips", "8.14.1", null),
                                new OfferedOperation(
                                        "ocr", "1.0", null, null, null, "Install Tesseract."))));
        processor.awaitApplied();
        JsonPath thumbnail = Caller.ok(caller.get("/v1/operations/thumbnail"));
        assertTrue(thumbnail.getBoolean("available"));
        assertEquals("libvips", thumbnail.getString("engines[0].name"));
        JsonPath ocr = Caller.ok(caller.get("/v1/operations/ocr"));
        assertFalse(ocr.getBoolean("available"));
        assertEquals("Install Tesseract.", ocr.getString("unavailableReason"));
        assertEquals(
                List.of("inspect", "virus-scan", "thumbnail", "extract-text", "ocr", "noop"),
                Caller.ok(caller.get("/v1/operations")).getList("items.name"));
    }

    @Test
    void everyNamedPipelineIsMadeOfOperationsThereAre() {
        List<String> operations = Caller.ok(caller.get("/v1/operations")).getList("items.name");
        JsonPath pipelines = Caller.ok(caller.get("/v1/pipelines"));
        for (String name : pipelines.<String>getList("items.name")) {
            JsonPath pipeline = Caller.ok(caller.get("/v1/pipelines/{name}", name));
            assertTrue(operations.containsAll(pipeline.getList("steps.operation")), name);
        }
    }

    @Test
    void unknownNamesAreNotFound() {
        assertProblem(404, "NOT_FOUND", caller.get("/v1/operations/nothing"));
        assertProblem(404, "NOT_FOUND", caller.get("/v1/pipelines/nothing"));
    }

    @Test
    void theServiceSaysThatItIsReady() {
        assertEquals("UP", Caller.ok(caller.get("/q/health/live")).getString("status"));
        assertEquals("UP", Caller.ok(caller.get("/q/health/ready")).getString("status"));
    }
}
