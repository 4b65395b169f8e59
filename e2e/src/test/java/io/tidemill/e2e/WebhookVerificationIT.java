package io.tidemill.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * What is delivered is genuine in the eyes of the library that the Standard Webhooks project gives
 * to receivers, also while a secret is being changed, and what was tampered with is not.
 */
class WebhookVerificationIT {
    @Test
    void theStandardLibraryVerifiesOurDeliveries() throws IOException {
        String url = ServerUnderTest.url();
        ContractChecks.run("client");
        String printed = ContractChecks.run("webhooks", url);
        assertTrue(printed.contains("verified"), printed);
    }
}
