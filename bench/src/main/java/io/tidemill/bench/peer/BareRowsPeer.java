package io.tidemill.bench.peer;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * No queue at all: the rows of a job and its task, its start and its end, each a transaction, by
 * many connections at once over JDBC.
 */
public final class BareRowsPeer implements PeerWork {
    private static final int CONNECTIONS = 32;

    private final HikariDataSource pool = PeerDatabase.pool(CONNECTIONS);

    private BareRowsPeer() throws SQLException {
        PeerDatabase.execute(pool, BareRows.TABLES);
    }

    public static void main(String[] args) throws Exception {
        PeerProgram.serve(new BareRowsPeer());
    }

    @Override
    public void run(int jobs) throws Exception {
        AtomicInteger begun = new AtomicInteger();
        List<Future<?>> lines = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                lines.add(
                        threads.submit(
                                () -> {
                                    line(begun, jobs);
                                    return true;
                                }));
            }
        }
        for (Future<?> line : lines) {
            line.get();
        }
    }

    private void line(AtomicInteger begun, int jobs) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(BareRows.INSERT);
                PreparedStatement start = connection.prepareStatement(BareRows.START);
                PreparedStatement end = connection.prepareStatement(BareRows.END)) {
            while (begun.getAndIncrement() < jobs) {
                UUID id = UUID.randomUUID();
                for (PreparedStatement statement : List.of(insert, start, end)) {
                    statement.setObject(1, id);
                    statement.execute();
                }
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
