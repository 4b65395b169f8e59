package io.tidemill.api.file;

import io.tidemill.api.problem.Problems;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The field {@code Repr-Digest} (RFC 9530), of which SHA-256 is understood. */
final class ReprDigest {
    private static final Pattern SHA_256 =
            Pattern.compile("(?:^|[,\\s])sha-256\\s*=\\s*:([A-Za-z0-9+/]{43}=):");
    private static final HexFormat HEX = HexFormat.of();

    private ReprDigest() {}

    /**
     * The SHA-256 a field declares, in hex; empty without a field.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when the field has no well-formed
     *     SHA-256
     */
    static Optional<String> declared(@Nullable String field) {
        if (field == null) {
            return Optional.empty();
        }
        Matcher matcher = SHA_256.matcher(field);
        if (!matcher.find()) {
            throw Problems.malformed(
                    "The header Repr-Digest must look like sha-256=:BASE64:, as RFC 9530 has it.");
        }
        return Optional.of(HEX.formatHex(Base64.getDecoder().decode(matcher.group(1))));
    }

    /** The field for a SHA-256 given in hex. */
    static String of(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HEX.parseHex(sha256)) + ":";
    }
}
