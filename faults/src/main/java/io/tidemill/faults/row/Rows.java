package io.tidemill.faults.row;

import java.util.List;
import java.util.stream.Stream;

/** All rows of the suite, in the order they run. */
public final class Rows {
    private Rows() {}

    public static List<FaultRow> all() {
        return Stream.of(
                        WorkerRows.all(),
                        ApiRows.all(),
                        BrokerRows.all(),
                        DatabaseRows.all(),
                        MessageRows.all(),
                        LinkRows.all(),
                        StorageRows.all(),
                        ClockRows.all())
                .flatMap(List::stream)
                .toList();
    }
}
