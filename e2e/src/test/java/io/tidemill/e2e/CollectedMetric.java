package io.tidemill.e2e;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A metric as its sender described it, and the series that Prometheus makes of it when it takes
 * OTLP with its own defaults.
 *
 * @param service which program sent it
 * @param unit as UCUM has it
 * @param attributes the names of all that its points had
 */
record CollectedMetric(
        String service, String name, String unit, Kind kind, Set<String> attributes) {
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    static CollectedMetric of(String service, Metric metric) {
        return new CollectedMetric(
                service, metric.getName(), metric.getUnit(), kind(metric), attributes(metric));
    }

    private static Kind kind(Metric metric) {
        if (metric.hasHistogram()) {
            return Kind.HISTOGRAM;
        }
        return metric.hasSum() && metric.getSum().getIsMonotonic() ? Kind.COUNTER : Kind.GAUGE;
    }

    private static Set<String> attributes(Metric metric) {
        Stream<List<KeyValue>> numbers =
                Stream.of(
                                metric.getSum().getDataPointsList(),
                                metric.getGauge().getDataPointsList())
                        .flatMap(List::stream)
                        .map(NumberDataPoint::getAttributesList);
        Stream<List<KeyValue>> histograms =
                metric.getHistogram().getDataPointsList().stream()
                        .map(HistogramDataPoint::getAttributesList);
        return Stream.concat(numbers, histograms)
                .flatMap(List::stream)
                .map(KeyValue::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of its series. */
    List<String> series() {
        String plain = plain(name + unitWord());
        return switch (kind) {
            case COUNTER -> List.of(plain + "_total");
            case GAUGE -> List.of(plain);
            case HISTOGRAM -> List.of(plain + "_bucket", plain + "_sum", plain + "_count");
        };
    }

    /** The labels its series have, beside those that every series has. */
    Set<String> labels() {
        Set<String> labels =
                attributes.stream().map(CollectedMetric::plain).collect(Collectors.toSet());
        if (kind == Kind.HISTOGRAM) {
            labels.add("le");
        }
        return labels;
    }

    private static String plain(String text) {
        return text.replaceAll("[^a-zA-Z0-9_:]+", "_");
    }

    private String unitWord() {
        return switch (unit) {
            case "s" -> "_seconds";
            case "ms" -> "_milliseconds";
            case "By" -> "_bytes";
            case "1" -> kind == Kind.GAUGE ? "_ratio" : "";
            default -> "";
        };
    }
}
