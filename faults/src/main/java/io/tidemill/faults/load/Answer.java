package io.tidemill.faults.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What came back from one call.
 *
 * @param status of HTTP; 0 when no answer came
 * @param body text, or why no answer came
 */
public record Answer(int status, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer none(String why) {
        return new Answer(0, why);
    }

    public boolean ok() {
        return status / 100 == 2;
    }

    /** Whether the same call may go better later: nothing was promised and nothing refused. */
    boolean again() {
        return status == 0 || status == 409 || status == 429 || status >= 500;
    }

    /** A defect: whatever is broken, the answer must not be this one. */
    boolean isUntypedError() {
        return status == 500;
    }

    /** The body; a missing node if it is no JSON. */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
