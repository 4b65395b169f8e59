package io.tidemill.api.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public ids, against the TypeID specification 0.3. */
class TypeIdTest {
    @Test
    void theExampleOfTheSpecificationReadsAndWrites() {
        UUID uuid = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        assertEquals("file_01h455vb4pex5vsknk084sn02q", TypeId.FILE.format(uuid));
        assertEquals(Optional.of(uuid), TypeId.FILE.parse("file_01h455vb4pex5vsknk084sn02q"));
    }

    @Test
    void theSmallestAndTheLargestIdSurvive() {
        assertEquals("job_00000000000000000000000000", TypeId.JOB.format(new UUID(0, 0)));
        assertEquals("job_7zzzzzzzzzzzzzzzzzzzzzzzzz", TypeId.JOB.format(new UUID(-1, -1)));
        assertEquals(
                Optional.of(new UUID(-1, -1)), TypeId.JOB.parse("job_7zzzzzzzzzzzzzzzzzzzzzzzzz"));
    }

    @Test
    void everyIdComesBackAsItWas() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            for (TypeId type : TypeId.values()) {
                assertEquals(Optional.of(id), type.parse(type.format(id)));
            }
        }
    }

    @Test
    void idsSortAsTheirTimesDo() {
        IdSource source = new IdSource();
        String before = TypeId.TASK.format(source.next());
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String next = TypeId.TASK.format(source.next());
            assertTrue(before.compareTo(next) < 0, before + " " + next);
            assertTrue(all.add(next));
            before = next;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file",
                "file_",
                "job_01h455vb4pex5vsknk084sn02q",
                "FILE_01h455vb4pex5vsknk084sn02q",
                "file-01h455vb4pex5vsknk084sn02q",
                "01h455vb4pex5vsknk084sn02q",
                "file_01h455vb4pex5vsknk084sn02",
                "file_01h455vb4pex5vsknk084sn02qq",
                "file_01H455VB4PEX5VSKNK084SN02Q",
                "file_01h455vb4pex5vsknk084sn02u",
                "file_01h455vb4pex5vsknk084sn02i",
                "file_81h455vb4pex5vsknk084sn02q",
                "file_z1h455vb4pex5vsknk084sn02q",
                "file_01h455vb4pex5vsknk084sn0 q",
                "file_01h455vb4pex5vsknk084sn0\u0000q",
                " file_01h455vb4pex5vsknk084sn02q",
                "file_01890a5d-ac96-774b-bcce-b302099a8057",
                "file_\u202e1h455vb4pex5vsknk084sn02q"
            })
    void whatIsNotAnIdOfThisTypeIsNone(String text) {
        assertEquals(Optional.empty(), TypeId.FILE.parse(text));
    }
}
