package io.tidemill.bench.live;

import io.tidemill.bench.suite.Option;
import io.tidemill.bench.suite.Session;
import io.tidemill.bench.suite.Suite;
import java.util.List;

/** Measures what clients notice while jobs run. */
public final class LiveSuite implements Suite {
    @Override
    public String name() {
        return "live";
    }

    @Override
    public List<Option> options() {
        return LiveSizes.OPTIONS;
    }

    @Override
    public void run(Session session) throws Exception {
        LiveSizes sizes = LiveSizes.of(session.choices());
        try (LiveSystem system = LiveSystem.start(session.home(), session.folder())) {
            new EventLatency(system, session.report()).run();
            new IdleStreams(system, session.report(), sizes).run();
            new Polls(system, session.report(), sizes).run();
            new Deliveries(system, session.report(), sizes).run();
        }
    }
}
