package io.tidemill.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BareRowsTest {
    @Test
    void theScriptNamesTheJobWhereOtherProgramsHaveAParameter() {
        String script = BareRows.script();
        assertFalse(script.contains("?"), script);
        long statements = script.chars().filter(character -> character == ';').count();
        assertEquals(3, statements, script);
        String id = "md5(:a::text || ':' || :b::text)::uuid";
        List<String> parts = List.of(script.split(Pattern.quote(id), -1));
        assertEquals(4, parts.size(), script);
    }
}
