package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, cursors, filters and streams. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class ListIT extends Scenario {

    /** Follows a list to its end, two items a page. */
    private List<String> follow(String path, String field) {
        List<String> items = new ArrayList<>();
        String cursor = null;
        do {
            var request = caller.request().queryParam("limit", 2);
            JsonPath page =
                    Caller.ok(
                            (cursor == null ? request : request.queryParam("cursor", cursor))
                                    .get(path));
            List<String> found = page.getList("items." + field);
            assertTrue(found.size() <= 2);
            items.addAll(found);
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return items;
    }

    private String submit(String rest, String... files) {
        String body = Caller.submission(NOOP, files);
        Response response =
                caller.post("/v1/jobs", body.substring(0, body.length() - 1) + rest + "}");
        assertEquals(202, response.statusCode(), response.asString());
        return response.path("id");
    }

    @Test
    void filesComeNewestFirstPageByPage() {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            files.addFirst(caller.upload("f" + i, "x" + i));
        }
        assertEquals(files, follow("/v1/files", "id"));
        assertEquals(files, Caller.ok(caller.get("/v1/files?limit=5")).getList("items.id"));
        assertNull(Caller.ok(caller.get("/v1/files?limit=5")).getString("nextCursor"));
    }

    @Test
    void jobsAreFoundByStateAndLabels() {
        String file = caller.upload(name, "a");
        String one = submit(", \"labels\": {\"customer\": \"acme\", \"kind\": \"x\"}", file);
        processor.succeed(processor.start(processor.run(name)));
        caller.awaitState(one, "SUCCEEDED");
        String two = submit(", \"labels\": {\"customer\": \"acme\"}", file);
        String three = submit("", file);

        assertEquals(List.of(three, two, one), follow("/v1/jobs", "id"));
        assertEquals(List.of(two, one), follow("/v1/jobs?label=customer:acme", "id"));
        assertEquals(List.of(one), follow("/v1/jobs?label=customer:acme&label=kind:x", "id"));
        assertEquals(List.of(), follow("/v1/jobs?label=customer:other", "id"));
        assertEquals(List.of(one), follow("/v1/jobs?state=SUCCEEDED", "id"));
        assertEquals(List.of(three, two), follow("/v1/jobs?state=QUEUED", "id"));
        assertEquals(List.of(two), follow("/v1/jobs?state=QUEUED&label=customer:acme", "id"));
    }

    @Test
    void tasksAndResultsComeInTheOrderSubmitted() {
        List<String> files = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            files.add(caller.upload("f" + i, "x" + i));
        }
        Collections.shuffle(files, new Random(5));
        String steps = "[{\"operation\": \"noop\"}, {\"operation\": \"inspect\"}]";
        String job = caller.submit(steps, files.toArray(String[]::new));

        List<String> byTask = files.stream().flatMap(id -> List.of(id, id).stream()).toList();
        assertEquals(byTask, follow("/v1/jobs/" + job + "/tasks", "fileId"));
        assertEquals(files, follow("/v1/jobs/" + job + "/results", "fileId"));
        assertEquals(
                List.of("noop", "inspect"),
                follow("/v1/jobs/" + job + "/tasks?file=" + files.get(3), "step"));
        assertEquals(List.of(), follow("/v1/jobs/" + job + "/tasks?state=SUCCEEDED", "id"));

        String[] lines =
                caller.request()
                        .accept("application/x-ndjson")
                        .get("/v1/jobs/{id}/results", job)
                        .asString()
                        .strip()
                        .split("\n");
        assertEquals(
                files,
                List.of(lines).stream()
                        .map(line -> new JsonPath(line).getString("fileId"))
                        .toList());
    }

    @Test
    void ndjsonComesAsOneObjectALine() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Response response =
                caller.request().accept("application/x-ndjson").get("/v1/jobs/{id}/results", job);
        assertEquals(200, response.statusCode());
        assertEquals("application/x-ndjson", response.contentType().split(";")[0]);
        Response json =
                caller.request()
                        .accept("application/x-ndjson;q=0.5, application/json")
                        .get("/v1/jobs/{id}/results", job);
        assertEquals("application/json", json.contentType().split(";")[0]);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/files?limit=0",
                "/v1/files?limit=abc",
                "/v1/files?limit=501",
                "/v1/files?cursor=abc",
                "/v1/jobs?limit=-1",
                "/v1/jobs?state=NONE",
                "/v1/jobs?state=queued",
                "/v1/jobs?label=nocolon",
                "/v1/jobs?label=a:%00",
                "/v1/jobs?label=%00:a",
                "/v1/jobs?cursor=%00",
                "/v1/jobs/JOB/tasks?state=NONE",
                "/v1/jobs/JOB/tasks?limit=1e3",
                "/v1/jobs/JOB/tasks?cursor=AAAA",
                "/v1/jobs/JOB/results?limit=99999999999",
                "/v1/jobs/JOB/results?cursor=AAAA"
            })
    void aQueryThatMakesNoSenseIsMalformed(String path) {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        Response response =
                caller.request().urlEncodingEnabled(false).get(path.replace("JOB", job));
        assertProblem(400, "MALFORMED_REQUEST", response);
    }

    @Test
    void aFileThatCannotBeAFileOfTheJobHasNoTasks() {
        String job = caller.submit(NOOP, caller.upload(name, "a"));
        for (String file : List.of("nothing", "%00", "%ed%a0%80")) {
            Response response =
                    caller.request()
                            .urlEncodingEnabled(false)
                            .get("/v1/jobs/" + job + "/tasks?file=" + file);
            assertTrue(List.of(200, 400).contains(response.statusCode()), response.asString());
        }
    }

    @Test
    void aCursorIsGoodForItsOwnerAndListOnly() {
        Caller other = Caller.stranger();
        for (Caller who : List.of(caller, other)) {
            for (int i = 0; i < 3; i++) {
                who.submit(NOOP, who.upload("f" + i, "x" + i));
            }
        }
        for (String list : List.of("/v1/files", "/v1/jobs")) {
            String cursor = Caller.ok(caller.get(list + "?limit=1")).getString("nextCursor");
            assertEquals(200, caller.get(list + "?cursor=" + cursor).statusCode());
            assertProblem(400, "MALFORMED_REQUEST", other.get(list + "?cursor=" + cursor));
            assertProblem(
                    400,
                    "MALFORMED_REQUEST",
                    caller.get("/v1/jobs?state=RUNNING&cursor=" + cursor));
        }
    }

    /** Such as no page ever gave: the first key of both lists is the place of a file. */
    @ParameterizedTest
    @ValueSource(strings = {"2147483647", "262144", "-1", "-600000", "-2147483648"})
    void aCursorThatWasChangedIsMalformed(String place) {
        String job = caller.submit(NOOP, caller.upload(name, "a"), caller.upload(name + "2", "b"));
        for (String list : List.of("/v1/jobs/" + job + "/tasks", "/v1/jobs/" + job + "/results")) {
            String given = Caller.ok(caller.get(list + "?limit=1")).getString("nextCursor");
            String text = new String(Base64.getUrlDecoder().decode(given), StandardCharsets.UTF_8);
            String changed = text.replaceFirst("\n\\d+", "\n" + place);
            assertNotEquals(text, changed);
            String cursor =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(changed.getBytes(StandardCharsets.UTF_8));
            assertProblem(400, "MALFORMED_REQUEST", caller.get(list + "?cursor=" + cursor));
        }
    }
}
