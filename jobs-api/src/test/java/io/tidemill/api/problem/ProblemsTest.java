package io.tidemill.api.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemill.api.dto.FieldError;
import io.tidemill.api.dto.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static Problem problem(ProblemException exception) {
        return exception.toProblem(null, null);
    }

    @Test
    void theCodeMakesTypeAndTitle() {
        Problem problem = problem(Problems.noUsableFile(List.of()));
        assertEquals("urn:tidemill:problem:no-usable-file", problem.type());
        assertEquals("No usable file", problem.title());
        assertEquals("NO_USABLE_FILE", problem.code());
        assertEquals(422, problem.status());
        assertFalse(problem.retryable());
        assertNull(problem.errors());
    }

    @Test
    void onlyErrorsThatPassAreRetryable() {
        assertTrue(problem(Problems.keyInFlight()).retryable());
        assertTrue(problem(Problems.unavailable("The database")).retryable());
        assertFalse(problem(Problems.notFound("job", "job_x")).retryable());
    }

    @Test
    void anIdIsShownWithoutItsOddCharactersAndNotAtLength() {
        String detail =
                problem(Problems.notFound("job", "a\r\nb\u0000\u202e<script>" + "x".repeat(5_000)))
                        .detail();
        assertTrue(detail.startsWith("There is no job a??b??"), detail);
        assertFalse(detail.contains("<"), detail);
        assertTrue(detail.length() < 200);
    }

    @Test
    void whatCallersSentComesBackHarmlessAndShort() {
        Problem problem =
                problem(
                        Problems.invalid(
                                List.of(
                                        new FieldError("/a\u0000b", "x\ud800\ny"),
                                        new FieldError(
                                                "/labels/" + "k".repeat(2_000),
                                                "v".repeat(5_000)))));
        List<FieldError> errors = problem.errors();
        assertEquals(new FieldError("/a?b", "x??y"), errors == null ? null : errors.getFirst());
        assertEquals("/labels", errors == null ? null : errors.getLast().pointer());
        assertEquals(1_000, errors == null ? 0 : errors.getLast().detail().length());
        assertTrue(
                problem(Problems.malformed("d".repeat(9_000) + "\n")).detail().length() <= 2_000);
    }
}
