package io.tidemill.contract.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiContractTest {
    private static final String THING = "{\"id\":\"a\",\"colour\":\"RED\"}";
    private static final String PROBLEM = "{\"code\":\"NO\"}";
    private static final String JSON = "application/json";

    private final OpenApiContract contract = new OpenApiContract(SmallContract.document());

    @Test
    void anAnswerThatKeepsTheContractHasNoBreach() {
        assertEquals(List.of(), get("/v1/things/a?x=1", 200, JSON + ";charset=UTF-8", THING));
        assertEquals(List.of(), post(THING, 201, Map.of("location", "/v1/things/a"), THING));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"id\":\"a\"}                                           | colour",
                "{\"id\":\"a\",\"colour\":\"GREEN\"}                      | /colour",
                "{\"id\":\"A\",\"colour\":\"RED\"}                        | /id",
                "{\"id\":1,\"colour\":\"RED\"}                            | /id",
                "{\"id\":null,\"colour\":\"RED\"}                         | /id",
                "{\"id\":\"a\",\"colour\":\"RED\",\"count\":2147483648}   | int32",
                "{\"id\":\"a\",\"colour\":\"RED\",\"time\":\"today\"}     | date-time",
                "{\"id\":\"a\",\"colour\":\"RED\",\"time\":\"2026-01-01T00:00:00+01:00\"} | date-time",
                "{\"id\":\"a\",\"colour\":\"RED\",\"extra\":1}            | /extra: not in the contract",
                "{\"id\":\"a\",\"colour\":\"RED\",\"parts\":[{\"name\":\"n\",\"x\":1}]} | /parts/0/x: not in the contract",
                "{\"id\":\"a\",\"colour\":\"RED\",\"labels\":{\"k\":1}}   | /labels/k",
                "[]                                                       | object",
                "{\"id\":                                                 | not JSON",
                "{} {}                                                    | not JSON"
            })
    void aBodyThatBreaksItsSchemaIsFound(String body, String expected) {
        assertBreach(expected, get("/v1/things/a", 200, JSON, body));
    }

    @Test
    void freeFormLabelsMayHaveAnyName() {
        String body = "{\"id\":\"a\",\"colour\":\"RED\",\"labels\":{\"any\":\"thing\"}}";
        assertEquals(List.of(), get("/v1/things/a", 200, JSON, body));
    }

    @Test
    void anEmptyBodyWhereOneIsDeclaredIsFound() {
        assertBreach("body is empty", get("/v1/things/a", 200, JSON, ""));
    }

    @Test
    void aBodyWhereNoneIsDeclaredIsFound() {
        assertEquals(List.of(), get("/v1/things/special", 204, "", ""));
        assertBreach("contract has none", get("/v1/things/special", 204, JSON, "{}"));
    }

    @Test
    void everyLineOfNdjsonIsChecked() {
        String type = "application/x-ndjson";
        assertEquals(List.of(), get("/v1/things/a", 200, type, THING + "\n" + THING + "\n"));
        assertBreach("line 2", get("/v1/things/a", 200, type, THING + "\n{}\n" + THING));
        assertBreach("line 2 is empty", get("/v1/things/a", 200, type, THING + "\n\n" + THING));
    }

    @Test
    void aMediaTypeThatIsNotDeclaredIsFound() {
        assertBreach("text/html", get("/v1/things/a", 200, "text/html", "<p>"));
    }

    @Test
    void aStatusThatIsNotDeclaredIsFound() {
        assertBreach("status is not declared", get("/v1/things/a", 202, JSON, THING));
    }

    @Test
    void anErrorThatIsNotListedMustBeTheDefaultProblem() {
        String type = "application/problem+json";
        assertEquals(List.of(), get("/v1/things/a", 500, type, PROBLEM));
        assertBreach("code", get("/v1/things/a", 500, type, "{}"));
        assertBreach("media type", get("/v1/things/a", 500, "text/plain", "boom"));
    }

    @Test
    void aMissingRequiredHeaderIsFound() {
        assertBreach("header Location is missing", post(THING, 201, Map.of(), THING));
    }

    @Test
    void aHeaderThatBreaksItsSchemaIsFound() {
        var soon = Map.of("Location", "/v1/things/a", "Retry-After", "soon");
        assertBreach("header Retry-After", post(THING, 201, soon, THING));
        var now = Map.of("Location", "/v1/things/a", "Retry-After", "0");
        assertBreach("header Retry-After", post(THING, 201, now, THING));
    }

    @Test
    void aServerThatAcceptsABadRequestIsFound() {
        var location = Map.of("Location", "/v1/things/a");
        assertBreach("accepted request body", post("{\"id\":\"a\"}", 201, location, THING));
    }

    @Test
    void aCallTheContractDoesNotKnowMayOnlyBeRefused() {
        String type = "application/problem+json";
        assertBreach("must be 404", get("/v1/nothing", 200, JSON, "{}"));
        assertEquals(List.of(), get("/v1/nothing", 404, type, PROBLEM));
        assertBreach("must be 405", get("/v1/things", 200, JSON, "[]"));
        assertEquals(List.of(), get("/v1/things", 405, type, PROBLEM));
    }

    @Test
    void headNeedsItsHeadersButNoBody() {
        assertBreach("Location is missing", answer("HEAD", "/v1/things/a", 200, Map.of(), null));
        var location = Map.of("Location", "/v1/things/a");
        assertEquals(List.of(), answer("HEAD", "/v1/things/a", 200, location, null));
    }

    private List<String> get(String path, int status, String type, String body) {
        return answer("GET", path, status, Map.of("Content-Type", type), body);
    }

    private List<String> post(String sent, int status, Map<String, String> headers, String body) {
        var all = new HashMap<>(headers);
        all.put("Content-Type", JSON);
        return contract.validate(new Exchange("POST", "/v1/things", sent, status, all, body));
    }

    private List<String> answer(
            String method,
            String path,
            int status,
            Map<String, String> headers,
            @Nullable String body) {
        return contract.validate(new Exchange(method, path, null, status, headers, body));
    }

    private static void assertBreach(String expected, List<String> breaches) {
        assertEquals(1, breaches.size(), () -> "one breach expected, found " + breaches);
        assertTrue(breaches.getFirst().contains(expected), breaches::toString);
    }
}
