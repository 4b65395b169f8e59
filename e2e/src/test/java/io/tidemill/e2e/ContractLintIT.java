package io.tidemill.e2e;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The contract is sound in the eyes of Spectral, of OWASP's rules for APIs, and of Redocly. */
class ContractLintIT {
    @Test
    void spectralFindsNothing() throws IOException {
        ContractChecks.run("lint:spectral");
    }

    @Test
    void redoclyFindsNothing() throws IOException {
        ContractChecks.run("lint:redocly");
    }
}
