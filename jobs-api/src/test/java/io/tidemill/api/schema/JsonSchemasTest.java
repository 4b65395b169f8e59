package io.tidemill.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemill.api.dto.FieldError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers are told about a body that is not valid: where, and in words. */
class JsonSchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemas SCHEMAS = new JsonSchemas(JSON);

    private static List<FieldError> check(String body) throws JsonProcessingException {
        return SCHEMAS.checkBody("JobSubmission", JSON.readTree(body));
    }

    private static List<String> pointers(String body) throws JsonProcessingException {
        return check(body).stream().map(FieldError::pointer).toList();
    }

    @Test
    void aValidSubmissionHasNoErrors() throws JsonProcessingException {
        assertEquals(
                List.of(),
                check(
                        """
                        {"files": ["file_1", "x"], "priority": "HIGH", "labels": {"a/b": "c"}, "clientReference": "é",
                         "steps": [{"operation": "inspect", "parameters": {"any": 1}}]}"""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"files": ["a"], "extra": 1}                                               | /extra
            {"files": "a"}                                                             | /files
            {"files": []}                                                              | /files
            {"files": [""]}                                                            | /files/0
            {"files": ["a", 7]}                                                        | /files/1
            {"files": ["a", null]}                                                     | /files/1
            {"files": ["a\\u0000"]}                                                    | /files/0
            {"files": ["a"], "priority": "URGENT"}                                     | /priority
            {"files": ["a"], "priority": 1}                                            | /priority
            {"files": ["a"], "pipeline": "No Such Name"}                               | /pipeline
            {"files": ["a"], "pipeline": null}                                         | /pipeline
            {"files": ["a"], "clientReference": ""}                                    | /clientReference
            {"files": ["a"], "clientReference": "x\\u0000"}                            | /clientReference
            {"files": ["a"], "labels": {"a": "x\\u0000"}}                              | /labels/a
            {"files": ["a"], "labels": {"a": 1}}                                       | /labels/a
            {"files": ["a"], "steps": []}                                              | /steps
            {"files": ["a"], "steps": [{}]}                                            | /steps/0
            {"files": ["a"], "steps": [{"operation": "x", "prm": 1}]}                  | /steps/0/prm
            {"files": ["a"], "steps": [{"operation": "x", "parameters": []}]}          | /steps/0/parameters
            {"files": ["a"], "steps": [{"operation": "x", "needs": ["a", "a"]}]}       | /steps/0/needs
            {"files": ["a"], "steps": [{"operation": "x", "id": "1 2"}]}               | /steps/0/id
            {}                                                                         | ''
            []                                                                         | ''
            "text"                                                                     | ''
            null                                                                       | ''
            """)
    void theErrorSaysWhere(String body, String pointer) throws JsonProcessingException {
        assertEquals(List.of(pointer), pointers(body).stream().distinct().toList());
    }

    @Test
    void aFieldNobodyKnowsIsNamedAndSaidToBeLeftOut() throws JsonProcessingException {
        assertEquals(
                List.of(new FieldError("/extra", "is not known here; leave it out")),
                check("{\"files\": [\"a\"], \"extra\": 1}"));
    }

    @Test
    void aPointerEscapesWhatJsonPointerMust() throws JsonProcessingException {
        assertEquals(List.of("/a~1b~0c"), pointers("{\"files\": [\"a\"], \"a/b~c\": 1}"));
    }

    @Test
    void tooManyFilesAreAnErrorOfTheList() throws JsonProcessingException {
        String files = "\"a\",".repeat(10_000) + "\"a\"";
        assertEquals(List.of("/files"), pointers("{\"files\": [" + files + "]}"));
    }

    @Test
    void noMoreThanAHundredErrorsAreGiven() throws JsonProcessingException {
        String files = "1,".repeat(500) + "1";
        assertEquals(100, check("{\"files\": [" + files + "]}").size());
    }

    @Test
    void labelNamesAreChecked() throws JsonProcessingException {
        assertFalse(check("{\"files\": [\"a\"], \"labels\": {\"a:b\": \"c\"}}").isEmpty());
        assertFalse(check("{\"files\": [\"a\"], \"labels\": {\"a\\u0000\": \"c\"}}").isEmpty());
    }

    @Test
    void noErrorShowsInnerNames() throws JsonProcessingException {
        String body =
                """
                {"files": 1, "labels": {"%s": 1}, "priority": "%s", "steps": [{"operation": "%s"}]}"""
                        .formatted("k".repeat(2_000), "p".repeat(5_000), "o".repeat(5_000));
        for (FieldError error : check(body)) {
            assertFalse(error.detail().contains("urn:"), error.detail());
            assertFalse(error.detail().contains("$defs"), error.detail());
            assertFalse(error.detail().contains("harrel"), error.detail());
        }
    }

    @Test
    void parametersAreCheckedAgainstTheOperationsSchema() throws JsonProcessingException {
        SCHEMAS.register(
                "shrink",
                Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("width", Map.of("type", "integer", "maximum", 4_096)),
                        "additionalProperties",
                        false));
        String where = "/steps/2/parameters";
        assertEquals(
                List.of(),
                SCHEMAS.checkParameters("shrink", JSON.readTree("{\"width\": 10}"), where));
        FieldError error =
                SCHEMAS.checkParameters("shrink", JSON.readTree("{\"width\": 5000}"), where)
                        .getFirst();
        assertEquals(where + "/width", error.pointer());
        assertTrue(error.detail().contains("4096"), error.detail());
        assertEquals(
                where + "/height",
                SCHEMAS.checkParameters("shrink", JSON.readTree("{\"height\": 1}"), where)
                        .getFirst()
                        .pointer());
    }
}
