package io.tidemill.contract.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemill.contract.testing.sample.Colour;
import io.tidemill.contract.testing.sample.MoreResource;
import io.tidemill.contract.testing.sample.Part;
import io.tidemill.contract.testing.sample.Problem;
import io.tidemill.contract.testing.sample.ThingResource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServerMatchesContractTest {
    private final ServerMatchesContract check = new ServerMatchesContract(SmallContract.document());

    @Test
    void aServerThatAgreesHasNoBreach() {
        assertEquals(List.of(), check.compareCalls(List.of(ThingResource.class), "/q/"));
        assertEquals(List.of(), records(io.tidemill.contract.testing.sample.Thing.class));
    }

    @Test
    void aCallWithoutAResourceMethodIsFound() {
        assertEquals(
                List.of(
                        "no resource method for GET /v1/things/special getSpecial",
                        "no resource method for GET /v1/things/{id} getThing",
                        "no resource method for HEAD /v1/things/{id} headThing",
                        "no resource method for POST /v1/things addThing"),
                check.compareCalls(List.of(), "/q/"));
    }

    @Test
    void aResourceMethodWithoutACallIsFoundAndSoIsASecondOneForTheSameCall() {
        assertEquals(
                List.of(
                        "not in the contract: DELETE /v1/things/{id} deleteThing",
                        "answered twice: GET /v1/things/{id}"),
                check.compareCalls(List.of(ThingResource.class, MoreResource.class), "/q/"));
    }

    @Test
    void callsAnsweredElsewhereAreLeftOut() {
        assertEquals(List.of(), check.compareCalls(List.of(), "/v1/"));
    }

    @Test
    void aSchemaWithoutARecordAndARecordWithoutASchemaAreFound() {
        record Stranger() {}
        assertEquals(
                List.of("no record for the schema Thing", "no schema for the record Stranger"),
                check.compareRecords(List.of(Problem.class, Part.class, Stranger.class), Set.of()));
        assertEquals(
                List.of(),
                check.compareRecords(List.of(Problem.class, Part.class), Set.of("Thing")));
    }

    @Test
    void aFieldOnOneSideOnlyIsFound() {
        record Thing(
                String id,
                Colour colour,
                @Nullable Integer size,
                @Nullable Instant time,
                @Nullable Map<String, String> labels,
                @Nullable List<Part> parts) {}
        assertEquals(
                List.of(
                        "Thing.count is missing from the record",
                        "Thing.size is not in the contract"),
                records(Thing.class));
    }

    @Test
    void aWrongTypeIsFound() {
        enum Paint {
            RED,
            GREEN
        }
        record Thing(
                int id,
                Paint colour,
                @Nullable Long count,
                @Nullable String time,
                @Nullable Map<String, Integer> labels,
                @Nullable List<String> parts) {}
        assertEquals(
                List.of(
                        "Thing.colour the enum has [GREEN, RED], the contract [BLUE, RED]",
                        "Thing.count is java.lang.Long, should be a 32-bit integer",
                        "Thing.id is int, should be a String",
                        "Thing.labels values: is java.lang.Integer, should be a String",
                        "Thing.parts items: is java.lang.String, should be the record Part",
                        "Thing.time is java.lang.String, should be a point in time"),
                records(Thing.class));
    }

    @Test
    void aNamedEnumMustBeAJavaEnum() {
        record Thing(
                String id,
                String colour,
                @Nullable Integer count,
                @Nullable Instant time,
                @Nullable Map<String, String> labels,
                @Nullable List<Part> parts) {}
        assertEquals(
                List.of("Thing.colour is java.lang.String, should be a Java enum"),
                records(Thing.class));
    }

    @Test
    void requiredMeansNotNullAndOptionalMeansNullable() {
        record Thing(
                @Nullable String id,
                Colour colour,
                int count,
                @Nullable Instant time,
                @Nullable Map<String, String> labels,
                @Nullable List<Part> parts) {}
        assertEquals(
                List.of(
                        "Thing.count is optional, so it must be @Nullable",
                        "Thing.id is required, so it must not be @Nullable"),
                records(Thing.class));
    }

    @Test
    void compiledClassesAreFoundByPackage() {
        var classes = CompiledClasses.of("io.tidemill.contract.testing");
        assertEquals(List.of(), classes.resources());
        assertEquals(
                List.of(ContractOperation.class, Exchange.class),
                classes.records("io.tidemill.contract.testing").stream()
                        .sorted(Comparator.comparing(Class::getName))
                        .toList());
    }

    private List<String> records(Class<?> thing) {
        return check.compareRecords(List.of(Problem.class, Part.class, thing), Set.of());
    }
}
