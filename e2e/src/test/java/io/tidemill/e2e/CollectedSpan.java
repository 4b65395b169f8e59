package io.tidemill.e2e;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A span as its sender described it; ids in lower-case hexadecimal.
 *
 * @param service which program sent it
 * @param parentId empty for the first of a trace
 * @param links traces it is linked to
 * @param attributes those that are text
 */
record CollectedSpan(
        String service,
        String name,
        Span.SpanKind kind,
        String traceId,
        String id,
        String parentId,
        List<String> links,
        Map<String, String> attributes) {

    static CollectedSpan of(String service, Span span) {
        return new CollectedSpan(
                service,
                span.getName(),
                span.getKind(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                span.getLinksList().stream().map(link -> hex(link.getTraceId())).toList(),
                texts(span.getAttributesList()));
    }

    /** The attributes that are text. */
    static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new HashMap<>();
        for (KeyValue attribute : attributes) {
            if (attribute.getValue().hasStringValue()) {
                texts.put(attribute.getKey(), attribute.getValue().getStringValue());
            }
        }
        return Map.copyOf(texts);
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
