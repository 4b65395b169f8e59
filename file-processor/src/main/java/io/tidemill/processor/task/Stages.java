package io.tidemill.processor.task;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.io.IOException;

/** The stages of an attempt as spans below its own: fetch, engine, store. */
public final class Stages {
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Tracer tracer;

    public Stages(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.tidemill.processor");
    }

    /** A stage, which may fail in the ways an attempt may. */
    interface Stage<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> T run(String name, Stage<T> stage) throws IOException, InterruptedException {
        Span span = tracer.spanBuilder(name).startSpan();
        try (Scope _ = span.makeCurrent()) {
            return stage.run();
        } catch (IOException | InterruptedException | RuntimeException e) {
            String kind = e.getClass().getName();
            span.setAttribute(ERROR, kind).setStatus(StatusCode.ERROR, kind);
            throw e;
        } finally {
            span.end();
        }
    }
}
