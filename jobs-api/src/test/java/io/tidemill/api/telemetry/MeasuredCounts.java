package io.tidemill.api.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Map;
import java.util.stream.Collectors;

/** A real meter, and what it has counted so far. */
public final class MeasuredCounts implements MetricReader {
    private CollectionRegistration registration = CollectionRegistration.noop();
    private final SdkMeterProvider provider =
            SdkMeterProvider.builder().registerMetricReader(this).build();

    public Meter meter() {
        return provider.get("test");
    }

    /** The sums of a counter, by its attributes; empty when nothing was counted. */
    public Map<Attributes, Long> of(String counter) {
        return registration.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(counter))
                .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                .filter(point -> point.getValue() != 0)
                .collect(Collectors.toMap(LongPointData::getAttributes, LongPointData::getValue));
    }

    @Override
    public void register(CollectionRegistration registration) {
        this.registration = registration;
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode forceFlush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
