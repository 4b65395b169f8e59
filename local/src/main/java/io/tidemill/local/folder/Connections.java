package io.tidemill.local.folder;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the services of Tidemill where a local database and broker are. */
public final class Connections {
    private static final String LOOPBACK = "127.0.0.1";

    private Connections() {}

    /** Variables that jobs-api and file-processor read. */
    public static Map<String, String> environment(
            Credentials credentials, String database, int databasePort, int brokerPort) {
        return Map.of(
                "TIDEMILL_DATABASE_HOST", LOOPBACK,
                "TIDEMILL_DATABASE_PORT", String.valueOf(databasePort),
                "TIDEMILL_DATABASE_NAME", database,
                "TIDEMILL_DATABASE_USERNAME", credentials.username(),
                "TIDEMILL_DATABASE_PASSWORD", credentials.databasePassword(),
                "AMQP_HOST", LOOPBACK,
                "AMQP_PORT", String.valueOf(brokerPort),
                "AMQP_USERNAME", credentials.username(),
                "AMQP_PASSWORD", credentials.brokerPassword());
    }

    /** The same as configuration keys: {@code tidemill.database.host}, {@code amqp-host} … */
    public static Map<String, String> properties(Map<String, String> environment) {
        return environment.entrySet().stream()
                .collect(Collectors.toMap(e -> key(e.getKey()), Map.Entry::getValue));
    }

    private static String key(String variable) {
        char separator = variable.startsWith("AMQP_") ? '-' : '.';
        return variable.toLowerCase(Locale.ROOT).replace('_', separator);
    }
}
