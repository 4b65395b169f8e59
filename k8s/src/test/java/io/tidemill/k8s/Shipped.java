package io.tidemill.k8s;

import java.util.Map;
import java.util.stream.Stream;

/** One set of objects that this project offers. */
record Shipped(String name, Manifests objects) {
    /** Everything of the chart that is off by default, and a second pool. */
    static final Map<String, ?> ALL_ON =
            Map.of(
                    "keda.enabled",
                    true,
                    "telemetry.enabled",
                    true,
                    "deletionCost.enabled",
                    true,
                    "pools.heavy.kind",
                    "ScaledJob",
                    "pools.heavy.slots",
                    1,
                    "image.pullSecrets[0]",
                    "registry",
                    "settings.QUARKUS_LOG_LEVEL",
                    "WARN");

    static Stream<Shipped> everything() {
        return Stream.concat(
                Stream.of(
                                "base",
                                "keda",
                                "scaledjob",
                                "trial",
                                "components/telemetry",
                                "components/deletion-cost")
                        .map(folder -> new Shipped(folder, Manifests.folder(folder))),
                Stream.of(
                        new Shipped("chart", Chart.render(Map.of())),
                        new Shipped("chart, all on", Chart.render(ALL_ON))));
    }

    /** Everything with its ConfigMaps, so that the environment of its pods is known. */
    static Stream<Shipped> whole() {
        Manifests base = Manifests.folder("base");
        return everything()
                .map(
                        shipped ->
                                shipped.name.startsWith("chart")
                                        ? shipped
                                        : new Shipped(
                                                shipped.name,
                                                new Manifests(
                                                        Stream.of(shipped.objects, base)
                                                                .flatMap(s -> s.objects().stream())
                                                                .toList())));
    }

    @Override
    public String toString() {
        return name;
    }
}
