package io.tidemill.contract.testing.sample;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Answers a call the contract has not, and one that another class answers already. */
@Path("v1/things/{id}")
public class MoreResource {
    @DELETE
    public void deleteThing() {}

    @GET
    public void getThing() {}
}
