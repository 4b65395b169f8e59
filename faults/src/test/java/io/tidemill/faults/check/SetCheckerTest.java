package io.tidemill.faults.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemill.faults.load.Client;
import io.tidemill.faults.load.Ledger;
import io.tidemill.faults.load.SentFile;
import io.tidemill.faults.load.Shape;
import io.tidemill.faults.load.Submitter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker is held against an API that tells the truth, and then lies about one thing. */
class SetCheckerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private LyingApi api;
    private Client client;
    private final Ledger ledger = new Ledger();

    @BeforeEach
    void submitOneJob() throws IOException {
        api = LyingApi.start();
        client = new Client(List.of(api.url(), api.url()), "somebody");
        Submitter submitter = new Submitter(client, ledger);
        SentFile file = submitter.upload(SOON).orElseThrow();
        String key = Submitter.newKey();
        assertTrue(submitter.submit(key, List.of(file), Shape.inspect(), SOON).isPresent());
        api.tell(key, file.id(), file.sha256());
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Counts check() {
        return new SetChecker(client, ledger).check();
    }

    @Test
    void theTruthIsWithoutAFinding() {
        assertEquals(new Counts(1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0), check());
    }

    @Test
    void aJobThatIsGoneIsLost() {
        api.forgetJob();
        assertTrue(check().lost() > 0);
    }

    @Test
    void aFileWithoutAResultIsLost() {
        api.results("{\"items\":[]}");
        assertEquals(1, check().lost());
    }

    @Test
    void bytesThatAreGoneAreLostAndOthersAreAMismatch() {
        api.content(404, "");
        assertEquals(1, check().lost());
        api.content(200, "something else");
        assertEquals(1, check().checksumMismatches());
    }

    @Test
    void anotherJobOfTheSameKeyIsADuplicate() {
        api.listAnotherJob();
        assertEquals(1, check().duplicated());
    }

    @Test
    void aSecondTaskOfTheSameStepIsADuplicate() {
        api.repeatTask();
        assertEquals(1, check().duplicated());
    }

    @Test
    void aSecondSuccessOfATaskIsADuplicate() {
        lie(task -> task.withArray("/attempts").addObject().put("outcome", "SUCCEEDED"));
        lie(task -> task.withArray("/attempts").addObject().put("outcome", "SUCCEEDED"));
        assertEquals(1, check().duplicated());
    }

    @Test
    void anOpenJobIsStuck() {
        api.state("RUNNING");
        assertEquals(1, check().stuck());
    }

    @Test
    void anEndThatChangesIsUnsteady() {
        api.changeItsMind();
        assertEquals(1, check().unsteady());
    }

    @Test
    void attemptsBeyondTheLimitAreCounted() {
        lie(task -> task.put("attempt", 4));
        assertEquals(1, check().attemptsOverLimit());
    }

    @Test
    void aDigestOfOtherBytesIsAMismatch() {
        lie(task -> task.putObject("result").put("sha256", "00"));
        assertEquals(1, check().checksumMismatches());
    }

    @Test
    void anAnswerOf500IsAFinding() {
        api.content(500, "boom");
        client.get("/v1/files/any/content");
        api.content(404, "");
        SetChecker checker = new SetChecker(client, ledger);
        checker.check();
        assertTrue(checker.findings().stream().anyMatch(f -> f.kind() == Finding.Kind.BREACH));
    }

    private void lie(Consumer<ObjectNode> change) {
        api.changeTask(change);
    }
}
