package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.api.receiver.Receiver;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that are told by mail, with a mail server of the test's own. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class MailIT extends WebhookScenario {
    private final GreenMail server = new GreenMail(new ServerSetup(port(), "127.0.0.1", "smtp"));

    private static int port() {
        return ConfigProvider.getConfig().getValue("tidemill.mail.port", Integer.class);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private JsonPath mailEndpoint(String... recipients) {
        Response response = caller.post(ENDPOINTS, mailSubmission(recipients));
        assertEquals(201, response.statusCode(), response.asString());
        return response.jsonPath();
    }

    private static String mailSubmission(String... recipients) {
        return "{\"kind\": \"MAIL\", \"recipients\": [\""
                + String.join("\", \"", recipients)
                + "\"]}";
    }

    private MimeMessage awaitMail() {
        return eventually(
                "a mail", () -> Stream.of(server.getReceivedMessages()).findFirst().orElse(null));
    }

    @Test
    void theEndOfAJobIsWritten() throws MessagingException, IOException {
        JsonPath endpoint = mailEndpoint("one@example.org", "two@example.org");
        assertNull(endpoint.getString("secret"));
        assertNull(endpoint.getString("url"));
        assertEquals(List.of("one@example.org", "two@example.org"), endpoint.getList("recipients"));
        String job =
                endedJob(", \"clientReference\": \"Bcc: ö\", \"labels\": {\"customer\": \"acme\"}");

        MimeMessage mail = awaitMail();
        assertEquals("Job " + job + ": SUCCEEDED", mail.getSubject());
        assertEquals("tidemill@example.org", mail.getFrom()[0].toString());
        assertEquals(2, mail.getAllRecipients().length);
        assertEquals("auto-generated", mail.getHeader("Auto-Submitted")[0]);
        assertNull(mail.getHeader("Bcc"));
        assertTrue(mail.isMimeType("text/plain"), mail.getContentType());
        String text = String.valueOf(mail.getContent());
        assertTrue(text.contains("/v1/jobs/" + job), text);
        assertTrue(text.contains("Reference: Bcc: ö"), text);
        assertTrue(text.contains("customer: acme"), text);

        String delivery = mail.getHeader("X-Tidemill-Delivery")[0];
        JsonPath log = awaitState(endpoint.getString("id"), delivery, "DELIVERED");
        assertNull(log.getString("attempts[0].status"));
        assertNull(log.getString("attempts[0].errorCode"));
    }

    @Test
    void anEndpointThatIsDisabledIsWrittenAbout() throws MessagingException, IOException {
        mailEndpoint("one@example.org");
        String id = endpoint(receiver(Receiver.status(410))).getString("id");
        test(id);
        MimeMessage mail = awaitMail();
        assertEquals("Endpoint " + id + " is disabled", mail.getSubject());
        String text = String.valueOf(mail.getContent());
        assertTrue(text.contains("Reason: GONE"), text);
        assertTrue(text.contains("/v1/webhook-endpoints/" + id), text);
    }

    @Test
    void aServerThatIsAwayIsTriedAgain() {
        server.stop();
        String id = mailEndpoint("one@example.org").getString("id");
        String delivery = test(id);
        JsonPath failed = await(id, delivery, now -> !now.getList("attempts").isEmpty());
        assertEquals("CONNECTION_FAILED", failed.getString("attempts[0].errorCode"));
        server.start();
        awaitState(id, delivery, "DELIVERED");
        assertTrue(server.getReceivedMessages().length >= 1);
    }

    @Test
    void mailsHaveNoSecret() {
        String id = mailEndpoint("one@example.org").getString("id");
        assertProblem(
                422, "NO_SECRET", caller.request().post(ENDPOINTS + "/{id}/rotate-secret", id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a@example.org\\r\\nBcc: x@example.org",
                "a@example.org\\nSubject: x",
                "a@example.org, b@example.org",
                "A <a@example.org>",
                "\\u0000@example.org",
                "a@example.org>",
                "a b@example.org",
                "ä@example.org",
                "@example.org",
                "a@",
                "a",
                ""
            })
    void nothingButAnAddressIsARecipient(String recipient) {
        JsonPath problem =
                assertProblem(
                        422, "INVALID_REQUEST", caller.post(ENDPOINTS, mailSubmission(recipient)));
        assertEquals("/recipients/0", problem.getString("errors[0].pointer"));
    }

    @Test
    void aKindTakesOnlyItsOwnFields() {
        for (String body :
                List.of(
                        "{\"kind\": \"MAIL\"}",
                        "{\"kind\": \"MAIL\", \"recipients\": []}",
                        "{\"kind\": \"MAIL\", \"url\": \"https://example.com/\", \"recipients\": [\"a@b.c\"]}",
                        "{\"url\": \"https://example.com/\", \"recipients\": [\"a@b.c\"]}",
                        "{\"kind\": \"WEBHOOK\"}",
                        "{\"kind\": \"FAX\", \"url\": \"https://example.com/\"}")) {
            assertProblem(422, "INVALID_REQUEST", caller.post(ENDPOINTS, body));
        }
        assertFalse(server.getReceivedMessages().length > 0);
    }
}
