package io.tidemill.faults.row;

import java.util.List;
import java.util.stream.Stream;

/** All rows of the suite, in the order they run. */
public final class Rows {
    private Rows() {}

    public static List<FaultRow> all() {
        return Stream.of(
                        WorkerRows.all(),
                        PoisonRows.all(),
                        WishRows.all(),
                        sparing(ApiRows.all()),
                        sparing(WebhookRows.all()),
                        sparing(BrokerRows.all()),
                        sparing(DatabaseRows.all()),
                        sparing(MessageRows.all()),
                        sparing(LinkRows.all()),
                        sparing(StorageRows.all()),
                        ClockRows.all(),
                        FailpointRows.all())
                .flatMap(List::stream)
                .toList();
    }

    /** These hurt no processor, so none may be taken for dead. */
    private static List<FaultRow> sparing(List<FaultRow> rows) {
        return rows.stream().map(row -> row.demanding(Demands::nothingSuperseded)).toList();
    }
}
