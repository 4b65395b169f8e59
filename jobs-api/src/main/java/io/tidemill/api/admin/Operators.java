package io.tidemill.api.admin;

import io.tidemill.api.identity.Caller;
import io.tidemill.api.identity.Identity;
import io.tidemill.api.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

/** Lets only those in who look after the installation. */
@ApplicationScoped
class Operators {
    private final Identity identity;

    Operators(Identity identity) {
        this.identity = identity;
    }

    /**
     * The operator who calls.
     *
     * @throws io.tidemill.api.problem.ProblemException 403 when it is somebody else
     */
    Caller require(HttpHeaders headers) {
        Caller caller = identity.callerOf(headers);
        if (!caller.operator()) {
            throw Problems.operatorsOnly();
        }
        return caller;
    }
}
