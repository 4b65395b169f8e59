package io.tidemill.api.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Signatures are those of Standard Webhooks 1.0. */
class SignatureTest {
    private static final EndpointSecret SECRET =
            new EndpointSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /** The example of the specification. */
    @Test
    void signsTheExampleOfTheSpecification() {
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                Signature.of(
                        List.of(SECRET),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}"));
    }

    @Test
    void signsBySeveralSecrets() {
        EndpointSecret other = EndpointSecret.create(RandomGenerator.getDefault());
        String both = Signature.of(List.of(SECRET, other), "id", 1, "ä");
        assertEquals(
                Signature.of(List.of(SECRET), "id", 1, "ä")
                        + " "
                        + Signature.of(List.of(other), "id", 1, "ä"),
                both);
    }

    @Test
    void secretsAreLongAndNeverShown() {
        EndpointSecret secret = EndpointSecret.create(RandomGenerator.getDefault());
        assertTrue(secret.text().startsWith("whsec_"));
        assertEquals(32, Base64.getDecoder().decode(secret.text().substring(6)).length);
        assertFalse(secret.toString().contains(secret.text().substring(6)));
    }
}
