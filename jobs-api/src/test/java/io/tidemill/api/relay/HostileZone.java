package io.tidemill.api.relay;

import java.util.List;

/** A zone whose names stand for what their owners should not: what, is in the name. */
final class HostileZone {
    static final String PUBLIC = "93.184.216.34";

    private HostileZone() {}

    /**
     * What a name stands for.
     *
     * @param time how often it was asked for before
     */
    static List<String> addresses(String name, int time) {
        return switch (name) {
            case "local.test", "other.test" -> List.of("127.0.0.1");
            case "first-public.test" -> List.of(time == 0 ? PUBLIC : "127.0.0.1");
            case "first-local.test" -> List.of(time == 0 ? "127.0.0.1" : "10.0.0.1");
            case "private.test" -> List.of("10.0.0.1");
            case "metadata.test" -> List.of("169.254.169.254");
            case "v6-metadata.test" -> List.of("fd00:ec2::254");
            case "mapped-metadata.test" -> List.of("::ffff:169.254.169.254");
            case "nat64.test" -> List.of("64:ff9b::a9fe:a9fe");
            case "half-private.test" -> List.of("127.0.0.1", "10.0.0.1");
            case "half-public.test" -> List.of(PUBLIC, "127.0.0.1");
            case "half-public-v6.test" -> List.of(PUBLIC, "::1");
            case "closed-first.test" -> List.of("127.0.0.2", "127.0.0.1");
            default -> List.of();
        };
    }
}
