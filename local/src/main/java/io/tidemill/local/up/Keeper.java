package io.tidemill.local.up;

import io.tidemill.local.process.Child;
import io.tidemill.local.process.LaunchException;
import io.tidemill.local.process.ProcessMark;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps one process running until it is told to stop: one that dies is started again. */
public final class Keeper {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Place place;
    private final Runnable changed;
    private final Consumer<String> news;
    private final Backoff backoff = new Backoff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Child child;
    private volatile boolean ready;

    /**
     * @param changed called whenever the process or its state is another
     * @param news takes lines for people
     */
    public Keeper(Place place, Runnable changed, Consumer<String> news) {
        this.place = place;
        this.changed = changed;
        this.news = news;
    }

    Place place() {
        return place;
    }

    public boolean isReady() {
        return ready;
    }

    /** The process, while there is one. */
    public Optional<ProcessMark> process() {
        return Optional.ofNullable(child).filter(Child::isAlive).map(Child::mark);
    }

    /** Starts the process, unless all is to stop. */
    public synchronized void start() {
        if (!isStopping()) {
            child = place.service().start();
            changed.run();
        }
    }

    /**
     * Returns when the process serves; from then on it is watched.
     *
     * @throws LaunchException if it does not come to serve
     */
    public void awaitReadyAndWatch() {
        serve();
        Thread.ofPlatform().name("keeper of " + name()).daemon().start(this::watch);
    }

    private void watch() {
        try {
            while (awaitDeath()) {
                startAgain();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it died on its own, and the wait that follows was not cut short by a stop. */
    private boolean awaitDeath() throws InterruptedException {
        Child dead = child();
        long since = System.nanoTime();
        int code = dead.awaitExit();
        ready = false;
        if (isStopping()) {
            return false;
        }
        Duration wait = backoff.after(Duration.ofNanos(System.nanoTime() - since));
        changed.run();
        news.accept(
                "%s (pid %d) ended with code %d; starting it again in %d ms"
                        .formatted(name(), dead.pid(), code, wait.toMillis()));
        return !stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void startAgain() {
        try {
            start();
            serve();
            news.accept("%s is back (pid %d)".formatted(name(), child().pid()));
        } catch (LaunchException e) {
            if (!isStopping()) {
                news.accept(e.line());
                child().kill();
            }
        }
    }

    private void serve() {
        place.service().awaitReady(child());
        ready = true;
        changed.run();
    }

    /** Ends the process in good order, for good. */
    public void stop() {
        stopping.countDown();
        synchronized (this) {
            if (child != null) {
                child.stop(GRACE);
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private String name() {
        return place.service().name();
    }

    private Child child() {
        Child current = child;
        if (current == null) {
            throw new LaunchException(name() + " was not started");
        }
        return current;
    }
}
