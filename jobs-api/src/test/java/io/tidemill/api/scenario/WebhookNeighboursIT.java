package io.tidemill.api.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.tidemill.api.delivery.Judgement;
import io.tidemill.api.delivery.Slots;
import io.tidemill.api.dto.WebhookEventType;
import io.tidemill.api.id.TypeId;
import io.tidemill.api.receiver.Receiver;
import io.tidemill.api.receiver.Receiver.Received;
import io.tidemill.api.store.ClaimedDelivery;
import io.tidemill.api.store.DeliveryOutcome;
import io.tidemill.api.store.DeliveryQueue;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One endpoint's trouble is nobody else's, and two relays are no more than one. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class WebhookNeighboursIT extends WebhookScenario {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ADD =
            "insert into webhook_delivery (endpoint_id, event_type, state, due_time)"
                    + " select e.id, 'webhook.test', 'PENDING', now() from webhook_endpoint e, generate_series(1, %d) where e.url like '%%:%d/%%'";

    @Inject DeliveryQueue queue;

    private String add(int count, Receiver receiver) throws SQLException {
        String id = endpoint(Caller.stranger(), receiver.url()).getString("id");
        execute(ADD.formatted(count, receiver.port()));
        return id;
    }

    private int delivered(Receiver receiver) throws SQLException {
        return Integer.parseInt(
                query(
                        "select count(*) from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id"
                                + " where d.state = 'DELIVERED' and e.url like '%:"
                                + receiver.port()
                                + "/%'"));
    }

    @Test
    void aHealthyEndpointIsServedWhileOthersHang() throws SQLException {
        List<Receiver> hanging = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Receiver receiver = receiver(Receiver.HANGS);
            add(50, receiver);
            hanging.add(receiver);
        }
        hanging.forEach(receiver -> awaitReceived(receiver, _ -> true));
        Receiver healthy = receiver(Receiver.WELL);
        add(200, healthy);
        eventually("the healthy one's", () -> healthy.received().size() >= 200 ? healthy : null);
        assertTrue(
                hanging.stream().allMatch(receiver -> receiver.received().size() < 50),
                "those that hang were to be busy all the time");
        assertEquals(200, healthy.received().stream().map(Received::id).distinct().count());
    }

    @Test
    void anEndpointThatFailsIsTriedOneAtATime() throws SQLException {
        Receiver failing = receiver(Receiver.status(500));
        add(1, failing);
        awaitReceived(failing, _ -> true);
        eventually("the outcome", () -> attempts() >= 1 ? failing : null);
        failing.nowDoes(Receiver.HANGS);
        execute(ADD.formatted(20, failing.port()));
        int before = failing.received().size();
        awaitReceived(failing, _ -> failing.received().size() > before);
        assertEquals(1, failing.mostOpen());
    }

    private int attempts() {
        try {
            return Integer.parseInt(query("select count(*) from webhook_attempt"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Also right after everything has been delivered, when statistics say that nothing is due. */
    @Test
    void claimingReadsNothingThatHasEnded() throws SQLException {
        endpoint(receiver(Receiver.WELL));
        execute(
                "insert into webhook_delivery (endpoint_id, event_type, state, end_time)"
                        + " select e.id, 'webhook.test', 'DELIVERED', now() from webhook_endpoint e, generate_series(1, 20000)");
        execute("analyze webhook_delivery");
        String due =
                query(
                        "explain (format json) select id from webhook_delivery where endpoint_id = gen_random_uuid()"
                                + " and state = 'PENDING' and due_time <= now() order by due_time limit 4 for update skip locked");
        assertTrue(due.contains("\"webhook_delivery_due\""), due);
        String endpoints =
                query(
                        "explain (format json) select endpoint_id from webhook_delivery where state = 'PENDING'"
                                + " order by endpoint_id limit 1");
        assertTrue(endpoints.contains("\"webhook_delivery_due\""), endpoints);
    }

    /** The other relay is this test: it claims, says nothing and sends nothing. */
    @Test
    void twoRelaysGetDifferentDeliveries() throws SQLException {
        Receiver receiver = receiver(Receiver.WELL);
        add(300, receiver);
        Set<String> mine = new HashSet<>();
        Slots slots = new Slots(50, 2);
        for (int i = 0; i < 20; i++) {
            DeliveryQueue.Round round =
                    queue.round(List.of(), slots, Duration.ofMinutes(5)).await().atMost(PATIENCE);
            for (ClaimedDelivery claimed : round.claimed()) {
                assertTrue(mine.add(TypeId.WEBHOOK_DELIVERY.format(claimed.id())));
            }
        }
        assertTrue(mine.size() > 1, "both were to get some");
        eventually(
                "the rest",
                () -> receiver.received().size() >= 300 - mine.size() ? receiver : null);
        List<String> sent = receiver.received().stream().map(Received::id).toList();
        assertEquals(300 - mine.size(), sent.size());
        assertEquals(sent.size(), Set.copyOf(sent).size());
        assertTrue(sent.stream().noneMatch(mine::contains));
        assertTrue(delivered(receiver) <= 300 - mine.size());
    }

    /** A relay that was frozen and wakes up after its lease has no say any more. */
    @Test
    void anOutcomeThatComesTooLateChangesNothing() throws SQLException {
        Receiver receiver = receiver(Receiver.WELL);
        String id = endpoint(receiver).getString("id");
        execute(
                "insert into webhook_delivery (endpoint_id, event_type, state, due_time)"
                        + " select id, 'webhook.test', 'PENDING', now() + interval '1 hour' from webhook_endpoint");
        String delivery = deliveries(id).getString("items[0].id");
        ClaimedDelivery claimed = claim(id);
        execute("update webhook_delivery set due_time = now()");
        awaitState(id, delivery, "DELIVERED");
        queue.round(List.of(lost(claimed)), new Slots(1, 0), Duration.ofMinutes(1))
                .await()
                .atMost(PATIENCE);
        JsonPath after = delivery(id, delivery);
        assertEquals("DELIVERED", after.getString("state"));
        assertEquals(List.of(2), after.getList("attempts.number"));
        assertTrue(read(id).getBoolean("enabled"));
    }

    /** A relay takes deliveries first and endpoints then, a deletion the other way round. */
    @Test
    void aDeletionThatIsTheVictimOfADeadlockIsDoneAllTheSame() throws SQLException {
        Receiver receiver = receiver(Receiver.WELL);
        boolean victim = false;
        for (int i = 0; i < 5 && !victim; i++) {
            victim = deleteInADeadlock(endpoint(receiver).getString("id"));
        }
        assertTrue(victim, "PostgreSQL was to end the deletion's transaction");
    }

    /**
     * Whether the deletion's transaction was the victim. PostgreSQL ends the one that has waited
     * for a second when the circle is closed, which is the deletion's on all but a stalled machine.
     */
    private boolean deleteInADeadlock(String id) throws SQLException {
        String row = TypeId.WEBHOOK_ENDPOINT.parse(id).orElseThrow().toString();
        execute(
                "insert into webhook_delivery (endpoint_id, event_type, state, due_time) values ('%s', 'webhook.test', 'PENDING', now() + interval '1 hour')"
                        .formatted(row));
        CompletableFuture<Response> deletion;
        boolean victim;
        try (Connection relay = database.getConnection();
                Statement statement = relay.createStatement()) {
            relay.setAutoCommit(false);
            statement.execute(
                    "select from webhook_delivery where endpoint_id = '%s' for update"
                            .formatted(row));
            deletion =
                    CompletableFuture.supplyAsync(
                            () -> caller.request().delete(ENDPOINTS + "/{id}", id));
            eventually("the deletion waits", () -> anyoneWaits() ? row : null);
            victim = isLocked(statement, row);
            relay.rollback();
        }
        Response answer = deletion.join();
        assertEquals(204, answer.statusCode(), answer.asString());
        assertEquals("0", query("select count(*) from webhook_endpoint where id = '" + row + "'"));
        return victim;
    }

    private boolean anyoneWaits() {
        try {
            return !"0".equals(query("select count(*) from pg_locks where not granted"));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isLocked(Statement statement, String endpoint) throws SQLException {
        try {
            return statement
                    .executeQuery(
                            "select 1 from webhook_endpoint where id = '%s' for update"
                                    .formatted(endpoint))
                    .next();
        } catch (SQLException e) {
            assertEquals("40P01", e.getSQLState());
            return false;
        }
    }

    private ClaimedDelivery claim(String endpoint) throws SQLException {
        execute(
                "update webhook_delivery set attempt = 1, used_attempts = 1, under_way = true where state = 'PENDING'");
        return new ClaimedDelivery(
                UUID.fromString(query("select id from webhook_delivery")),
                TypeId.WEBHOOK_ENDPOINT.parse(endpoint).orElseThrow(),
                WebhookEventType.WEBHOOK_TEST,
                1,
                Instant.now(),
                1,
                1,
                new ClaimedDelivery.Trial(),
                null,
                "",
                List.of(),
                List.of(),
                true);
    }

    private static DeliveryOutcome lost(ClaimedDelivery claimed) {
        return new DeliveryOutcome(
                claimed.id(),
                claimed.endpointId(),
                claimed.attempt(),
                new DeliveryOutcome.Attempt(Instant.now(), 1, 500, "HTTP_STATUS"),
                new Judgement.Failed("HTTP_STATUS", Judgement.Consequence.NONE));
    }
}
