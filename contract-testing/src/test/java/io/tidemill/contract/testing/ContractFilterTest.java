package io.tidemill.contract.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractFilterTest {
    private final ContractFilter filter =
            new ContractFilter(new OpenApiContract(SmallContract.document()));
    private HttpServer server;

    @BeforeEach
    void answerWhateverIsAsked() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/things/good", json("{\"id\":\"good\",\"colour\":\"RED\"}"));
        server.createContext("/v1/things/bad", json("{\"id\":\"bad\"}"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void letsAGoodAnswerThroughWithItsBody() {
        given().filter(filter)
                .port(server.getAddress().getPort())
                .get("/v1/things/{id}?q=1", "good")
                .then()
                .statusCode(200)
                .body("colour", equalTo("RED"));
    }

    @Test
    void failsATestWhoseAnswerBreaksTheContract() {
        var request = given().filter(filter).port(server.getAddress().getPort());
        AssertionError error =
                assertThrows(AssertionError.class, () -> request.get("/v1/things/{id}", "bad"));
        assertTrue(error.toString().contains("GET /v1/things/bad → 200"), error::toString);
        assertTrue(error.toString().contains("colour"), error::toString);
    }

    private static HttpHandler json(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }
}
