package io.tidemill.e2e;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;

/**
 * A span as its sender described it; ids in lower-case hexadecimal.
 *
 * @param service which program sent it
 * @param parentId empty for the first of a trace
 */
record CollectedSpan(
        String service,
        String name,
        Span.SpanKind kind,
        String traceId,
        String id,
        String parentId) {

    static CollectedSpan of(String service, Span span) {
        return new CollectedSpan(
                service,
                span.getName(),
                span.getKind(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
