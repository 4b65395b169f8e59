package io.tidemill.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * One pod behind HTTPS, patched as the API server of Kubernetes does it: a merge patch with a
 * bearer token, and a result that is held against the schema of pods.
 */
final class ApiServer implements AutoCloseable {
    static final String PATH = "/api/v1/namespaces/tidemill/pods/file-processor-standard-x";

    private static final String PASSWORD = "of-a-throw-away-key";

    private final ObjectMapper json = new ObjectMapper();
    private final StrictSchema schema = new StrictSchema();
    private final BlockingQueue<String> costs = new LinkedBlockingQueue<>();
    private final HttpsServer server;
    private volatile String token;

    /**
     * @param credentials folder that is given {@code ca.crt} and {@code token}
     */
    ApiServer(Path credentials, String token) throws Exception {
        Path store = credentials.resolve("key.p12");
        keytool(store, "-genkeypair -alias a -keyalg EC -dname CN=test -ext san=ip:127.0.0.1");
        keytool(store, "-exportcert -rfc -alias a -file " + credentials.resolve("ca.crt"));
        this.token = token;
        expect(credentials, token);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", this::answer);
        server.start();
    }

    /** From now on this token is the right one; the kubelet has renewed it. */
    void expect(Path credentials, String renewed) throws IOException {
        token = renewed;
        Files.writeString(credentials.resolve("token"), renewed);
    }

    /** From now on nobody is let in. */
    void refuse() {
        token = "nobody has this one";
    }

    URI pod() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + PATH);
    }

    /** The next cost the pod was given, or the status of the refusal. */
    Optional<String> next(long millis) throws InterruptedException {
        return Optional.ofNullable(costs.poll(millis, TimeUnit.MILLISECONDS));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode patch = json.readTree(exchange.getRequestBody());
            ObjectNode pod = pod("file-processor-standard-x");
            pod.withObject("/metadata").setAll((ObjectNode) patch.path("metadata"));
            int status = status(exchange, pod);
            String cost =
                    pod.at("/metadata/annotations/controller.kubernetes.io~1pod-deletion-cost")
                            .asText();
            byte[] body = json.writeValueAsBytes(pod);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            costs.add(status == 200 ? cost : String.valueOf(status));
        }
    }

    private int status(HttpExchange exchange, JsonNode pod) {
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return 401;
        }
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            return 404;
        }
        if (!exchange.getRequestMethod().equals("PATCH")) {
            return 405;
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (!"application/merge-patch+json".equals(type)) {
            return 415;
        }
        return schema.breaches(pod).isEmpty() ? 200 : 422;
    }

    private ObjectNode pod(String name) {
        ObjectNode pod = json.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.withObject("/metadata").put("name", name);
        return pod;
    }

    private static void keytool(Path store, String arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            store.load(stream, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
