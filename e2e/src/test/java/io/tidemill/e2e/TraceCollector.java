package io.tidemill.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.tidemill.local.process.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Takes spans and metrics as an OpenTelemetry collector does (OTLP, protobuf over HTTP). Keeps what
 * metrics there are, and the spans of the traces a test has named.
 */
final class TraceCollector implements AutoCloseable {
    /** Where Prometheus takes OTLP. */
    private static final String BASE = "/api/v1/otlp";

    private final HttpServer server;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final Queue<CollectedSpan> kept = new ConcurrentLinkedQueue<>();
    private final Set<CollectedMetric> metrics = ConcurrentHashMap.newKeySet();
    private final Set<Map<String, String>> resources = ConcurrentHashMap.newKeySet();

    private TraceCollector(HttpServer server) {
        this.server = server;
        server.createContext(BASE + "/v1/traces", exchange -> take(exchange, this::spans));
        server.createContext(BASE + "/v1/metrics", exchange -> take(exchange, this::metrics));
        server.start();
    }

    static TraceCollector start() {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new TraceCollector(HttpServer.create(address, 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What makes a service send its spans and metrics here, soon: all of it as OpenTelemetry has
     * it.
     */
    Map<String, String> environment() {
        return Map.of(
                "OTEL_SDK_DISABLED", "false",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + server.getAddress().getPort() + BASE,
                "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=e2e",
                "OTEL_METRIC_EXPORT_INTERVAL", "2000",
                "OTEL_BSP_SCHEDULE_DELAY", "200");
    }

    /** Name a trace before its first span can arrive. */
    void watch(String traceId) {
        wanted.add(traceId);
    }

    List<CollectedSpan> spans(String traceId) {
        return kept.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    /** Every metric that has arrived so far, with all the attributes it came with. */
    Set<CollectedMetric> metrics() {
        return Set.copyOf(metrics);
    }

    /** Who has sent metrics so far. */
    Set<Map<String, String>> resources() {
        return Set.copyOf(resources);
    }

    /** Waits for a span of a trace; fails with all there are. */
    CollectedSpan await(String traceId, Predicate<CollectedSpan> like) {
        AtomicReference<List<CollectedSpan>> found = new AtomicReference<>(List.of());
        boolean came =
                Wait.until(
                        Tidemill.PATIENCE,
                        () -> {
                            found.set(spans(traceId).stream().filter(like).toList());
                            return !found.get().isEmpty();
                        });
        if (!came) {
            throw new AssertionError("no such span in " + spans(traceId));
        }
        return found.get().getFirst();
    }

    private interface Body {
        void read(InputStream body) throws IOException;
    }

    private static void take(HttpExchange exchange, Body into) throws IOException {
        try (exchange;
                InputStream body = unpacked(exchange)) {
            into.read(body);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void spans(InputStream body) throws IOException {
        ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                .flatMap(TraceCollector::spans)
                .filter(span -> wanted.contains(span.traceId()))
                .forEach(kept::add);
    }

    private void metrics(InputStream body) throws IOException {
        for (ResourceMetrics sent :
                ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList()) {
            resources.add(CollectedSpan.texts(sent.getResource().getAttributesList()));
            sent.getScopeMetricsList().stream()
                    .map(ScopeMetrics::getMetricsList)
                    .flatMap(List::stream)
                    .map(metric -> CollectedMetric.of(service(sent.getResource()), metric))
                    .forEach(metrics::add);
        }
    }

    private static InputStream unpacked(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        return zipped ? new GZIPInputStream(body) : body;
    }

    private static Stream<CollectedSpan> spans(ResourceSpans resource) {
        String service = service(resource.getResource());
        return resource.getScopeSpansList().stream()
                .map(ScopeSpans::getSpansList)
                .flatMap(List::stream)
                .map((Span span) -> CollectedSpan.of(service, span));
    }

    private static String service(Resource resource) {
        return CollectedSpan.texts(resource.getAttributesList()).getOrDefault("service.name", "");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
