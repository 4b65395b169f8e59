package io.tidemill.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Answers like the API about one file and one job, and lies as told. */
final class LyingApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final AtomicInteger reads = new AtomicInteger();
    private final ObjectNode job = JSON.createObjectNode().put("id", "job_1");
    private final ArrayNode tasks = JSON.createArrayNode();
    private String results = "";
    private String content = "";
    private int contentStatus = 200;
    private int jobStatus = 200;
    private int jobs = 1;
    private boolean wavering;

    private LyingApi(HttpServer server) {
        this.server = server;
    }

    static LyingApi start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        LyingApi api = new LyingApi(HttpServer.create(anyPort, 0));
        api.server.createContext("/", api::answer);
        api.server.start();
        return api;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on the job has ended well. */
    void tell(String key, String fileId, String sha256) {
        job.put("state", "SUCCEEDED").put("clientReference", key);
        ObjectNode task = tasks.addObject().put("id", "task_1").put("fileId", fileId);
        task.put("step", "inspect").put("state", "SUCCEEDED");
        task.put("attempt", 1).put("maxAttempts", 3);
        task.putObject("result").put("sha256", sha256);
        tellTasks();
    }

    private void tellTasks() {
        ObjectNode page = JSON.createObjectNode();
        page.withArray("/items").addObject().set("tasks", tasks);
        results = page.toString();
    }

    void changeTask(Consumer<ObjectNode> change) {
        change.accept((ObjectNode) tasks.get(0));
        tellTasks();
    }

    void repeatTask() {
        tasks.add(tasks.get(0).deepCopy());
        tellTasks();
    }

    void results(String page) {
        results = page;
    }

    void state(String state) {
        job.put("state", state);
    }

    void forgetJob() {
        jobStatus = 404;
    }

    void listAnotherJob() {
        jobs = 2;
    }

    void changeItsMind() {
        wavering = true;
    }

    void content(int status, String body) {
        contentStatus = status;
        content = body;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("POST")) {
            posted(exchange, path, new String(body, StandardCharsets.UTF_8));
        } else if (path.endsWith("/content")) {
            send(exchange, contentStatus, content);
        } else if (path.endsWith("/results")) {
            send(exchange, 200, results);
        } else if (path.equals("/v1/jobs")) {
            send(exchange, 200, list());
        } else {
            send(exchange, jobStatus, read().toString());
        }
    }

    private void posted(HttpExchange exchange, String path, String body) throws IOException {
        if (path.equals("/v1/files")) {
            content = body;
            send(exchange, 201, "{\"id\":\"file_1\"}");
        } else {
            send(exchange, 202, "{\"id\":\"job_1\"}");
        }
    }

    private JsonNode read() {
        return wavering ? job.deepCopy().put("endTime", reads.incrementAndGet()) : job;
    }

    private String list() {
        ObjectNode page = JSON.createObjectNode();
        for (int i = 0; i < jobs; i++) {
            page.withArray("/items").add(job);
        }
        return page.toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
