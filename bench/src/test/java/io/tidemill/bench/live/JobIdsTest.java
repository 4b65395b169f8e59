package io.tidemill.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JobIdsTest {
    /** The example of the TypeID specification 0.3. */
    @Test
    void idsAreWrittenAsTypeIds() {
        assertEquals(
                "job_01h455vb4pex5vsknk084sn02q",
                JobIds.of("01890a5d-ac96-774b-bcce-b302099a8057"));
    }
}
