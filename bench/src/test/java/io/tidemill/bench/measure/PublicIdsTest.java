package io.tidemill.bench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PublicIdsTest {
    /** The example of the TypeID specification 0.3. */
    private static final String UUID = "01890a5d-ac96-774b-bcce-b302099a8057";

    private static final String ID = "prefix_01h455vb4pex5vsknk084sn02q";

    @Test
    void idsAreWrittenAsTypeIds() {
        assertEquals(ID, PublicIds.of("prefix", UUID));
    }

    @Test
    void theRowOfAnIdIsFoundAgain() {
        assertEquals(UUID, PublicIds.uuid(ID));
    }
}
