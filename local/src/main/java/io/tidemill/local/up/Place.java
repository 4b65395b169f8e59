package io.tidemill.local.up;

import io.tidemill.local.process.Service;
import java.util.Map;

/**
 * One process of the whole: what it is for, and how others reach it.
 *
 * @param reach what {@code run.json} tells about it besides its process id
 */
public record Place(Role role, Service service, Map<String, Object> reach) {
    public Place {
        reach = Map.copyOf(reach);
    }

    /** Every kind of process there is. */
    public enum Role {
        POSTGRES("postgres", false),
        BROKER("broker", false),
        API("api", true),
        PROCESSOR("processors", true);

        private final String key;
        private final boolean several;

        Role(String key, boolean several) {
            this.key = key;
            this.several = several;
        }

        /** Its name in {@code run.json}. */
        String key() {
            return key;
        }

        /** Whether {@code run.json} has a list of them. */
        boolean several() {
            return several;
        }
    }
}
