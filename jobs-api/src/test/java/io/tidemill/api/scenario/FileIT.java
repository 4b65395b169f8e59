package io.tidemill.api.scenario;

import static io.tidemill.api.scenario.Caller.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads and downloads. */
@QuarkusTest
@TestProfile(LocalProfile.class)
class FileIT extends Scenario {
    private static final byte[] BYTES = random(100_000);
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=";

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static String digest(byte[] bytes) {
        byte[] sha256 = HexFormat.of().parseHex(sha256(bytes));
        return "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":";
    }

    private Response content(String file, String... headers) {
        var request = caller.request();
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request.get("/v1/files/{id}/content", file);
    }

    @Test
    void whatIsDownloadedIsWhatWasUploaded() {
        Response uploaded = caller.upload("data.bin", BYTES);
        String id = uploaded.path("id");
        assertEquals("data.bin", uploaded.path("name"));
        assertEquals(BYTES.length, uploaded.<Integer>path("size"));
        assertEquals(sha256(BYTES), uploaded.path("sha256"));
        assertEquals("/v1/files/" + id, uploaded.header("Location"));

        Response known = caller.get("/v1/files/{id}", id);
        assertEquals(uploaded.jsonPath().getMap("$"), known.jsonPath().getMap("$"));
        assertEquals(uploaded.header("ETag"), known.header("ETag"));

        Response download = content(id);
        assertEquals(200, download.statusCode());
        assertArrayEquals(BYTES, download.asByteArray());
        assertEquals('"' + sha256(BYTES) + '"', download.header("ETag"));
        assertEquals(digest(BYTES), download.header("Repr-Digest"));
        assertEquals("nosniff", download.header("X-Content-Type-Options"));
        assertEquals(String.valueOf(BYTES.length), download.header("Content-Length"));
        assertTrue(download.header("Content-Disposition").startsWith("attachment;"));
    }

    @Test
    void headSaysWhatGetWouldSay() {
        String id = caller.upload("data.bin", BYTES).path("id");
        Response get = content(id);
        Response head = caller.request().head("/v1/files/{id}/content", id);
        assertEquals(200, head.statusCode());
        for (String header :
                List.of(
                        "ETag",
                        "Content-Length",
                        "Content-Type",
                        "Repr-Digest",
                        "Accept-Ranges",
                        "Content-Disposition",
                        "X-Content-Type-Options")) {
            assertEquals(get.header(header), head.header(header), header);
        }
        assertEquals(0, head.asByteArray().length);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=100-199, 100, 199",
        "bytes=99999-, 99999, 99999",
        "bytes=-10, 99990, 99999",
        "bytes=-999999, 0, 99999",
        "bytes=50000-999999, 50000, 99999"
    })
    void aRangeIsGiven(String range, int first, int last) {
        String id = caller.upload("data.bin", BYTES).path("id");
        Response part = content(id, "Range", range);
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(BYTES, first, last + 1), part.asByteArray());
        assertEquals("bytes " + first + "-" + last + "/100000", part.header("Content-Range"));
        assertEquals(String.valueOf(last - first + 1), part.header("Content-Length"));
        assertEquals(digest(BYTES), part.header("Repr-Digest"));
    }

    @Test
    void aRangeOutsideIsRefusedAndANonsenseOneIsIgnored() {
        String id = caller.upload("data.bin", BYTES).path("id");
        Response outside = content(id, "Range", "bytes=100000-");
        assertProblem(416, "RANGE_NOT_SATISFIABLE", outside);
        assertEquals("bytes */100000", outside.header("Content-Range"));
        assertEquals(200, content(id, "Range", "bytes=5-2").statusCode());
        assertEquals(200, content(id, "Range", "bytes=0-1,4-5").statusCode());
        assertEquals(200, content(id, "Range", "lines=1-2").statusCode());
    }

    @Test
    void aRangeCountsOnlyWhileTheTagIsRight() {
        String id = caller.upload("data.bin", BYTES).path("id");
        String tag = content(id).header("ETag");
        assertEquals(206, content(id, "Range", "bytes=0-9", "If-Range", tag).statusCode());
        assertEquals(200, content(id, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode());
        assertEquals(
                200,
                content(id, "Range", "bytes=0-9", "If-Range", "Wed, 21 Oct 2015 07:28:00 GMT")
                        .statusCode());
        Response unchanged = content(id, "If-None-Match", tag);
        assertEquals(304, unchanged.statusCode());
        assertEquals(tag, unchanged.header("ETag"));
    }

    @Test
    void anEmptyFileIsAFile() {
        Response uploaded = caller.upload("empty", new byte[0]);
        assertEquals(0, uploaded.<Integer>path("size"));
        Response download = content(uploaded.path("id"));
        assertEquals(200, download.statusCode());
        assertEquals(0, download.asByteArray().length);
        assertEquals(416, content(uploaded.path("id"), "Range", "bytes=0-").statusCode());
    }

    @Test
    void anUploadWithoutAnyBodyOrTypeIsAnEmptyFile() {
        Response uploaded = caller.request().post("/v1/files");
        assertEquals(201, uploaded.statusCode(), uploaded.asString());
        assertEquals("unnamed", uploaded.path("name"));
        assertEquals(0, uploaded.<Integer>path("size"));
    }

    @Test
    void severalFilesComeInOneBody() {
        Response uploaded =
                caller.request()
                        .multiPart("file", "a.txt", "first".getBytes(UTF_8), "text/plain")
                        .multiPart("comment", "not a file")
                        .multiPart("file", "b.bin", BYTES, "application/octet-stream")
                        .multiPart("other", "../c.txt", new byte[0], "text/plain")
                        .post("/v1/files");
        assertEquals(201, uploaded.statusCode(), uploaded.asString());
        JsonPath files = uploaded.jsonPath();
        assertEquals(List.of("a.txt", "b.bin", "c.txt"), files.getList("items.name"));
        assertEquals(List.of(5, 100_000, 0), files.getList("items.size"));
        assertEquals(files.getString("items[0].id"), files.getString("id"));
        assertEquals("/v1/files/" + files.getString("id"), uploaded.header("Location"));
        assertArrayEquals(BYTES, content(files.getString("items[1].id")).asByteArray());
    }

    @Test
    void aMultipartBodyThatIsNoneIsRefused() {
        for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=XX")) {
            Response response =
                    caller.request()
                            .contentType(type)
                            .body(
                                    "--XX\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\ncut"
                                            .getBytes(UTF_8))
                            .post("/v1/files");
            assertProblem(400, "MALFORMED_REQUEST", response);
        }
        Response none =
                caller.request()
                        .contentType("multipart/form-data; boundary=XX")
                        .body(
                                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--XX--\r\n"
                                        .getBytes(UTF_8))
                        .post("/v1/files");
        assertProblem(422, "INVALID_REQUEST", none);
        assertEquals(List.of(), Caller.ok(caller.get("/v1/files")).getList("items"));
    }

    @Test
    void aWrongDigestIsRefusedAndNothingIsSeenOfTheFile() {
        Response wrong = uploadWithDigest(digest(new byte[1]));
        assertProblem(422, "DIGEST_MISMATCH", wrong);
        assertProblem(400, "MALFORMED_REQUEST", uploadWithDigest("sha-256=abc"));
        assertEquals(List.of(), Caller.ok(caller.get("/v1/files")).getList("items"));
        assertEquals(201, uploadWithDigest(digest(BYTES)).statusCode());
    }

    private Response uploadWithDigest(String digest) {
        return caller.request()
                .contentType("application/octet-stream")
                .header("Repr-Digest", digest)
                .body(BYTES)
                .post("/v1/files");
    }

    @Test
    void aFileLargerThanAllowedIsRefused() {
        byte[] tooLarge = new byte[LocalProfile.MAX_UPLOAD + 1];
        Response response =
                caller.request()
                        .contentType("application/octet-stream")
                        .body(tooLarge)
                        .post("/v1/files");
        assertProblem(413, "TOO_LARGE", response);
        assertProblem(
                413,
                "TOO_LARGE",
                caller.request().multiPart("file", "big", tooLarge).post("/v1/files"));
        assertEquals(List.of(), Caller.ok(caller.get("/v1/files")).getList("items"));
    }

    @Test
    void theTypeIsThatOfTheBytesWhateverTheCallerSays() {
        byte[] png = Base64.getDecoder().decode(PNG);
        Response response =
                caller.request()
                        .contentType("text/html")
                        .header("Content-Disposition", "attachment; filename=\"page.html\"")
                        .body(png)
                        .post("/v1/files");
        assertEquals("image/png", response.path("mediaType"));
        assertEquals("image/png", content(response.path("id")).contentType());
    }

    @Test
    void aPageStaysAnAttachment() {
        String id = caller.upload("x.html", "<!doctype html><script>alert(1)</script>");
        Response download = content(id);
        assertTrue(download.header("Content-Disposition").startsWith("attachment;"));
        assertEquals("nosniff", download.header("X-Content-Type-Options"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment; filename=\"../../etc/passwd\"",
                "attachment; filename=\"C:\\\\Windows\\\\passwd\"",
                "attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd",
                "attachment; filename*=UTF-8''pa%0D%0Assw%00d",
                "attachment; filename*=UTF-8''%E2%80%AEpasswd"
            })
    void aNastyNameIsCleaned(String disposition) {
        Response response = uploadNamed(disposition);
        assertEquals("passwd", response.path("name"));
        String shown = content(response.path("id")).header("Content-Disposition");
        assertEquals("attachment; filename=\"passwd\"; filename*=UTF-8''passwd", shown);
    }

    @Test
    void aNameOfFourThousandCharactersIsShortened() {
        String name =
                uploadNamed("attachment; filename=\"" + "x".repeat(4_096) + ".pdf\"").path("name");
        assertEquals(255, name.length());
        assertTrue(name.endsWith("x.pdf"));
    }

    @Test
    void aNameInAnyScriptComesBack() {
        Response response =
                uploadNamed("attachment; filename*=UTF-8''%E6%97%A5%E6%9C%AC%F0%9F%98%80.txt");
        assertEquals("日本😀.txt", response.path("name"));
        String shown = content(response.path("id")).header("Content-Disposition");
        assertTrue(shown.endsWith("filename*=UTF-8''%E6%97%A5%E6%9C%AC%F0%9F%98%80.txt"), shown);
        assertFalse(shown.contains("😀"));
    }

    private Response uploadNamed(String disposition) {
        Response response =
                caller.request()
                        .contentType("application/octet-stream")
                        .header("Content-Disposition", disposition)
                        .body(new byte[] {1})
                        .post("/v1/files");
        assertEquals(201, response.statusCode(), response.asString());
        return response;
    }
}
