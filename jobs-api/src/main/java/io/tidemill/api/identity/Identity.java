package io.tidemill.api.identity;

import io.tidemill.api.problem.ProblemException;
import jakarta.ws.rs.core.HttpHeaders;

/** Yields the caller of a request; each way to authenticate is one implementation. */
public interface Identity {

    /**
     * Finds out who sent a request.
     *
     * @throws ProblemException 401 when that cannot be told
     */
    Caller callerOf(HttpHeaders headers);
}
