package io.tidemill.contract.testing.sample;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Agrees with the small contract, under a name of its own. */
public enum Colour {
    RED,
    @JsonProperty("BLUE")
    SKY
}
