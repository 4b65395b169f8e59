package io.tidemill.contract.testing.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Agrees with the small contract. */
public record Thing(
        String id,
        @JsonProperty("colour") Colour paint,
        @Nullable Integer count,
        @Nullable Instant time,
        @Nullable Map<String, String> labels,
        @Nullable List<Part> parts) {}
