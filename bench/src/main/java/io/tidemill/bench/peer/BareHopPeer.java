package io.tidemill.bench.peer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** No queue of jobs: a durable message for each goes through the broker and is settled. */
public final class BareHopPeer implements PeerWork {
    /** More than these do not wait for the broker's word at once. */
    private static final int UNDER_WAY = 500;

    private volatile CountDownLatch open = new CountDownLatch(0);
    private final DurableHop hop;

    private BareHopPeer() throws Exception {
        hop = new DurableHop(System.getenv(), () -> open.countDown());
    }

    public static void main(String[] args) throws Exception {
        PeerProgram.serve(new BareHopPeer());
    }

    /** Each job is counted twice: when the broker has it on disk, and when it has come. */
    @Override
    public void run(int jobs) throws Exception {
        open = new CountDownLatch(2 * jobs);
        AtomicInteger begun = new AtomicInteger();
        hop.execute(
                () -> {
                    for (int i = 0; i < UNDER_WAY; i++) {
                        send(begun, jobs);
                    }
                });
        if (!open.await(10, TimeUnit.MINUTES)) {
            throw new IllegalStateException("not sent or received: " + open.getCount());
        }
    }

    private void send(AtomicInteger begun, int jobs) {
        if (begun.getAndIncrement() < jobs) {
            hop.send()
                    .onSuccess(
                            _ -> {
                                open.countDown();
                                send(begun, jobs);
                            });
        }
    }

    @Override
    public void close() throws Exception {
        hop.close();
    }
}
