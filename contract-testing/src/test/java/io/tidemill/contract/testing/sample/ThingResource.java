package io.tidemill.contract.testing.sample;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Answers every call of the small contract. */
@Path("/v1/things")
public class ThingResource {
    @POST
    public void addThing() {}

    @GET
    @Path("special")
    public void getSpecial() {}

    @GET
    @Path("/{id: [a-z]+}")
    public void getThing() {}

    @HEAD
    @Path("/{id}")
    public void headThing() {}

    /** Not a call. */
    public void tidyUp() {}
}
