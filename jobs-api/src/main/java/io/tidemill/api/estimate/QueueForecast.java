package io.tidemill.api.estimate;

import io.tidemill.api.estimate.QueuedTask.Brake;
import io.tidemill.api.estimate.QueuedTask.Place;
import io.tidemill.api.estimate.QueuedTask.Rival;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says where a task stands among those of all owners, and when it will begin.
 *
 * <p>Owners take turns by working time. While the tasks before it of its own owner go, each other
 * owner gets as much time in proportion to its weight, and one turn more, if it has as many tasks.
 * All that goes first, and what processors have in hand, is shared by the slots.
 */
public final class QueueForecast {
    private QueueForecast() {}

    /** What goes before a task. */
    private record Before(double tasks, double millis) {}

    public static QueueOutlook of(QueuedTask task, QueueLoad load) {
        Place place = task.place();
        if (place == null) {
            return new QueueOutlook(null, task.reason(), notQueued(task, load));
        }
        Before before = before(task, place, load);
        int position = 1 + (int) Math.min(QueueOutlook.MOST_POSITION - 1.0, before.tasks());
        return new QueueOutlook(position, task.reason(), start(task, place, before, load));
    }

    private static @Nullable Instant notQueued(QueuedTask task, QueueLoad load) {
        Instant due = task.notBefore();
        return due == null || !task.reason().endsByItself() ? null : later(load.now(), due);
    }

    private static Before before(QueuedTask task, Place place, QueueLoad load) {
        double tasks = place.before();
        double millis = place.beforeMillis();
        for (Rival rival : task.rivals()) {
            double turn = Math.max(rival.taskMillis(), load.turnMillis() * rival.weight());
            double share = place.beforeMillis() * rival.weight() / task.weight() + turn;
            double first = Math.min(rival.millis(), share);
            tasks += first / rival.taskMillis();
            millis += first;
        }
        return new Before(tasks, millis);
    }

    private static @Nullable Instant start(
            QueuedTask task, Place place, Before before, QueueLoad load) {
        boolean foreseen = task.reason().endsByItself() && place.isKnown() && load.slots() > 0;
        if (!foreseen || task.brakes().stream().anyMatch(brake -> brake.most() == 0)) {
            return null;
        }
        double braked =
                task.brakes().stream()
                        .mapToDouble(brake -> braked(brake, place, before))
                        .max()
                        .orElse(0);
        double rated = task.rateMillis().applyAsDouble((int) before.tasks());
        double millis = Math.max(shared(before, load), Math.max(braked, rated));
        Instant start = load.now().plus(Math.min(Math.round(millis), longest()), ChronoUnit.MILLIS);
        return later(start, Objects.requireNonNullElse(task.notBefore(), start));
    }

    /** Nothing while there are free slots for all that goes first, and for the task. */
    private static double shared(Before before, QueueLoad load) {
        return load.sent() + before.tasks() < load.slots()
                ? 0
                : (load.sentMillis() + before.millis()) / load.slots();
    }

    private static double braked(Brake brake, Place place, Before before) {
        double millis = brake.ofOwner() ? place.beforeMillis() : before.millis();
        return (brake.sentMillis() + millis) / brake.most();
    }

    private static long longest() {
        return Estimate.MOST_SECONDS * 1_000L;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
