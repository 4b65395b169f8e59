package io.tidemill.api.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tidemill.api.problem.ProblemException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9530; the digest is that of no bytes at all. */
class ReprDigestTest {
    private static final String HEX =
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String FIELD = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";

    @Test
    void aDigestIsWrittenAndRead() {
        assertEquals(FIELD, ReprDigest.of(HEX));
        assertEquals(Optional.of(HEX), ReprDigest.declared(FIELD));
        assertEquals(Optional.empty(), ReprDigest.declared(null));
    }

    @Test
    void otherDigestsBesideItAreLeftAlone() {
        assertEquals(
                Optional.of(HEX),
                ReprDigest.declared("sha-512=:" + "A".repeat(86) + "==:, " + FIELD));
        assertEquals(Optional.of(HEX), ReprDigest.declared(FIELD + ",unixsum=30637"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256=",
                "sha-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "sha-256=:47DEQpj8HBSa:",
                "sha-256=:" + HEX + ":",
                "xsha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:",
                "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:",
                "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSu*U=:"
            })
    void anythingElseIsMalformed(String field) {
        assertEquals(
                400,
                assertThrows(ProblemException.class, () -> ReprDigest.declared(field)).status());
    }
}
