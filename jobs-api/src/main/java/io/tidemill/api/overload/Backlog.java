package io.tidemill.api.overload;

import io.tidemill.api.config.ApiConfig;
import io.tidemill.api.dto.Priority;
import io.tidemill.api.overload.OverloadRules.Verdict;
import io.tidemill.api.problem.ProblemException;
import io.tidemill.api.problem.Problems;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bounds the open tasks: of all owners, and of each. Asks no database, so that a refusal costs next
 * to nothing.
 */
@ApplicationScoped
public class Backlog {
    private final OverloadRules rules;
    private final OpenTasks openTasks;
    private final OverloadMeters meters;

    Backlog(ApiConfig config, OverloadMeters meters) {
        this.rules =
                new OverloadRules(config.overload().backlog(), config.overload().ownerBacklog());
        this.openTasks = new OpenTasks(rules);
        this.meters = meters;
        meters.watchOpenTasks(openTasks::all);
    }

    OpenTasks openTasks() {
        return openTasks;
    }

    /** Open tasks of all owners, as this replica sees them. */
    public long open() {
        return openTasks.all();
    }

    /** The way in of one submission; end it in any case. */
    public Entry entry(String owner, Priority priority) {
        return new Entry(owner, priority);
    }

    /** One submission on its way in. */
    public final class Entry {
        private final String owner;
        private final Priority priority;
        private long tasks;

        private Entry(String owner, Priority priority) {
            this.owner = owner;
            this.priority = priority;
        }

        /**
         * Refuses what would be refused whatever it brings.
         *
         * @throws ProblemException 429 or 503 when there is no room for a single task
         */
        public void requireAnyRoom() {
            refuseUnlessAccepted(openTasks.judge(owner, priority, 1), 1);
        }

        /**
         * Lets that many open tasks in; ask before anything is written.
         *
         * @throws ProblemException 429 or 503 when there is no room now, 422 when there never is
         */
        public void admit(long wanted) {
            refuseUnlessAccepted(openTasks.enter(owner, priority, wanted), wanted);
            tasks = wanted;
        }

        private void refuseUnlessAccepted(Verdict verdict, long wanted) {
            if (verdict != Verdict.ACCEPTED) {
                meters.refused(verdict, priority);
                throw refusal(verdict, priority, wanted);
            }
        }

        /** Says whether what was let in has been written. */
        public void end(boolean written) {
            if (tasks > 0 && written) {
                openTasks.committed(owner, tasks);
            } else if (tasks > 0) {
                openTasks.withdrawn(owner, tasks);
            }
            tasks = 0;
        }
    }

    private ProblemException refusal(Verdict verdict, Priority priority, long tasks) {
        return switch (verdict) {
            case TOO_LARGE -> Problems.jobTooLarge(tasks, rules.most(priority), priority);
            case OWNER_FULL -> Problems.tooManyTasks(tasks, rules.ownerShare(priority), priority);
            case ALL_FULL, ACCEPTED -> Problems.backlogFull(priority);
        };
    }
}
