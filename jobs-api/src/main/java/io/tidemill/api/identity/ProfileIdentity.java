package io.tidemill.api.identity;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.tidemill.api.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * In the local profile everybody is {@code local}, who looks after the whole installation, or whom
 * the header {@value #HEADER} names. Elsewhere nobody is anybody until an identity provider is
 * configured.
 */
@ApplicationScoped
public class ProfileIdentity implements Identity {
    /** Chooses the owner, in the local profile only. */
    public static final String HEADER = "X-Tidemill-Owner";

    private static final String LOCAL = "local";
    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9._@-]{1,200}");
    private final boolean local = ConfigUtils.isProfileActive("local");

    @Override
    public Caller callerOf(HttpHeaders headers) {
        if (!local) {
            throw Problems.unauthenticated();
        }
        String owner = Objects.requireNonNullElse(headers.getHeaderString(HEADER), LOCAL);
        if (!OWNER.matcher(owner).matches()) {
            throw Problems.malformed(
                    "The header "
                            + HEADER
                            + " must be 1 to 200 letters, digits or ._@- characters.");
        }
        return new Caller(owner, owner.equals(LOCAL));
    }
}
