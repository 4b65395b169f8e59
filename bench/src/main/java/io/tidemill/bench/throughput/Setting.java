package io.tidemill.bench.throughput;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Says on what is measured. */
final class Setting {
    private static final String SETTINGS =
            """
            select string_agg(name || ' = ' || current_setting(name), ', ' order by name)
            from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes',
              'wal_sync_method', 'shared_buffers', 'max_wal_size', 'server_version')""";

    private Setting() {}

    static void print(Connection database, List<Contender> contenders) throws SQLException {
        Runtime machine = Runtime.getRuntime();
        System.out.printf(
                "Machine: %d processor cores, %s %s, Java %s%n",
                machine.availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version());
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(SETTINGS)) {
            rows.next();
            System.out.println("PostgreSQL: " + rows.getString(1));
        }
        contenders.forEach(one -> print(one.label()));
    }

    private static void print(Label label) {
        System.out.println(label.name() + ": " + label.about());
    }
}
