package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * What browsers do by themselves, the npm package {@code eventsource} does in Node.js: it comes
 * back with the last id when it was cut off, misses nothing, and ends with 204.
 */
class EventSourceIT {
    @Test
    void theEventSourceOfNpmFollowsAJobOverCutConnections() throws IOException {
        String url = ServerUnderTest.url();
        ContractChecks.run("client");
        String printed = ContractChecks.run("streams", url);
        assertTrue(printed.contains("followed over 3 cuts"), printed);
    }
}
