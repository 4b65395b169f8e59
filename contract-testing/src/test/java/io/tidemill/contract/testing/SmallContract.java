package io.tidemill.contract.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A contract of a few lines, so that each test breaks exactly one thing. */
final class SmallContract {
    private SmallContract() {}

    static ContractDocument document() {
        try (InputStream in =
                Objects.requireNonNull(
                        SmallContract.class.getResourceAsStream("/small-contract.yaml"))) {
            return ContractDocument.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
