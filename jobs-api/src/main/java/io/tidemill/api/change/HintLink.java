package io.tidemill.api.change;

import io.quarkus.runtime.StartupEvent;
import io.tidemill.api.broker.EventLoop;
import io.tidemill.broker.Link;
import io.tidemill.broker.Routing;
import io.tidemill.contract.Addresses;
import io.tidemill.contract.JobsChanged;
import io.vertx.proton.ProtonConnection;
import io.vertx.proton.ProtonQoS;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.qpid.proton.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other replicas which jobs this one has changed, and hears the same from them. Hints are
 * sent at once when all is quiet, else gathered for some milliseconds. When the broker is away or
 * slow they are dropped: they never hold anything up.
 */
@ApplicationScoped
public class HintLink implements Link {
    private static final long PAUSE_MILLIS = 20;
    private static final int PREFETCH = 100;

    private final HintQueue queue = new HintQueue();
    private final HintCodec codec;
    private final JobChanges changes;
    private final ChangeMeters meters;
    private final Paced sending;
    private @Nullable ProtonSender sender;

    HintLink(EventLoop loop, HintCodec codec, JobChanges changes, ChangeMeters meters) {
        this.codec = codec;
        this.changes = changes;
        this.meters = meters;
        this.sending = new Paced(loop.context(), PAUSE_MILLIS, this::send);
    }

    void start(@Observes StartupEvent event) {
        changes.onChange(this::tell);
    }

    @Override
    public void opened(ProtonConnection connection) {
        ProtonReceiver receiver = Routing.MULTICAST.receiver(connection, Addresses.CHANGES);
        receiver.setPrefetch(PREFETCH).setAutoAccept(true);
        receiver.handler((_, message) -> heard(message));
        receiver.open();
        ProtonSender fresh = Routing.MULTICAST.sender(connection, Addresses.CHANGES);
        fresh.setQoS(ProtonQoS.AT_MOST_ONCE);
        sender = fresh.open();
    }

    @Override
    public void lost() {
        sender = null;
    }

    private void heard(Message message) {
        List<UUID> jobs = codec.read(message);
        if (!jobs.isEmpty()) {
            meters.received(jobs.size());
            changes.heard(jobs);
        }
    }

    private void tell(Collection<UUID> jobs) {
        meters.dropped(queue.add(jobs));
        sending.ask();
    }

    private void send() {
        ProtonSender open = sender;
        if (open == null || open.sendQueueFull()) {
            meters.dropped(queue.clear());
            return;
        }
        List<UUID> jobs = queue.take(JobsChanged.MOST);
        if (!jobs.isEmpty()) {
            open.send(codec.write(jobs));
            meters.sent(jobs.size());
        }
        if (!queue.isEmpty()) {
            sending.ask();
        }
    }
}
