package io.tidemill.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the policies let through is what is needed, and nothing else. */
class NetworkTest {
    private static final Map<String, String> DNS =
            Map.of("namespace", "kube-system", "k8s-app", "kube-dns");
    private static final Map<String, String> PRIVATE = Map.of("address", "10.0.0.0/8");
    private static final Map<String, String> PUBLIC = Map.of("address", "0.0.0.0/0");

    static Stream<Shipped> sets() {
        return Stream.of(
                new Shipped("base", Manifests.folder("base")),
                new Shipped("chart", Chart.render(Map.of())));
    }

    private static Map<String, String> namespace(String name) {
        return Map.of("namespace", name);
    }

    @ParameterizedTest
    @MethodSource("sets")
    void flowsAreExactlyTheNeededOnes(Shipped set) {
        Manifests all = set.objects();
        assertEquals(
                List.of(
                        "in 8080 ingress-nginx",
                        "in 8080 keda",
                        "out 443 public",
                        "out 53 dns",
                        "out 5432 private",
                        "out 5672 private",
                        "out 8443 public"),
                flows(all, all.pod("Deployment", "jobs-api")));
        assertEquals(
                List.of("out 53 dns", "out 5672 private"),
                flows(all, all.pod("Deployment", "file-processor-standard")));
        assertEquals(
                List.of("out 53 dns", "out 5432 private"),
                flows(all, all.pod("Job", "jobs-api-migrate")));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyPodIsDeniedWhatNoPolicyAllows(Shipped set) {
        JsonNode deny = set.objects().get("NetworkPolicy", "default-deny").path("spec");
        assertEquals("{}", deny.path("podSelector").toString());
        assertEquals("[\"Ingress\",\"Egress\"]", deny.path("policyTypes").toString());
        assertEquals(2, deny.size());
    }

    /** Of all peers tried, those that the policies selecting the pod let through. */
    private static List<String> flows(Manifests all, Pod pod) {
        Map<String, Map<String, String>> peers =
                Map.of(
                        "dns",
                        DNS,
                        "private",
                        PRIVATE,
                        "public",
                        PUBLIC,
                        "keda",
                        namespace("keda"),
                        "ingress-nginx",
                        namespace("ingress-nginx"),
                        "elsewhere",
                        namespace("elsewhere"));
        return Stream.of("in", "out")
                .flatMap(
                        way ->
                                Stream.of(53, 443, 5432, 5672, 8080, 8081, 8161, 8443)
                                        .flatMap(
                                                port ->
                                                        peers.entrySet().stream()
                                                                .filter(
                                                                        peer ->
                                                                                allowed(
                                                                                        all,
                                                                                        pod,
                                                                                        way,
                                                                                        port,
                                                                                        peer
                                                                                                .getValue()))
                                                                .map(
                                                                        peer ->
                                                                                way
                                                                                        + " "
                                                                                        + port
                                                                                        + " "
                                                                                        + peer
                                                                                                .getKey())))
                .sorted()
                .toList();
    }

    private static boolean allowed(
            Manifests all, Pod pod, String way, int port, Map<String, String> peer) {
        String rules = way.equals("in") ? "ingress" : "egress";
        String peers = way.equals("in") ? "from" : "to";
        return all.ofKind("NetworkPolicy").stream()
                .map(policy -> policy.path("spec"))
                .filter(spec -> selects(spec.path("podSelector"), pod.labels()))
                .flatMap(spec -> Manifests.list(spec.path(rules)).stream())
                .filter(rule -> hasPort(rule, port))
                .flatMap(rule -> Manifests.list(rule.path(peers)).stream())
                .anyMatch(allowed -> matches(allowed, peer));
    }

    private static boolean hasPort(JsonNode rule, int port) {
        return Manifests.list(rule.path("ports")).stream()
                .anyMatch(allowed -> allowed.path("port").asInt() == port);
    }

    private static boolean matches(JsonNode allowed, Map<String, String> peer) {
        JsonNode block = allowed.path("ipBlock");
        if (!block.isMissingNode()) {
            return block.path("cidr").asText().equals(peer.get("address"));
        }
        String name = peer.get("namespace");
        return name != null
                && selects(
                        allowed.path("namespaceSelector"),
                        Map.of("kubernetes.io/metadata.name", name))
                && selects(allowed.path("podSelector"), peer);
    }

    private static boolean selects(JsonNode selector, Map<String, String> labels) {
        boolean labelled =
                selector.path("matchLabels").properties().stream()
                        .allMatch(
                                label ->
                                        label.getValue()
                                                .asText()
                                                .equals(labels.get(label.getKey())));
        return labelled
                && Manifests.list(selector.path("matchExpressions")).stream()
                        .allMatch(
                                expression ->
                                        Manifests.list(expression.path("values")).stream()
                                                .anyMatch(
                                                        value ->
                                                                value.asText()
                                                                        .equals(
                                                                                labels.get(
                                                                                        expression
                                                                                                .path(
                                                                                                        "key")
                                                                                                .asText()))));
    }
}
