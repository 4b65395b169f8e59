package io.tidemill.api.store;

import java.util.Comparator;

/**
 * Which state of a job; of two states of the same job the later one is greater. The sequence is
 * raised under the job's lock, and progress never falls under one sequence.
 *
 * @param sequence number of the latest change
 * @param progress sum of the whole percents of its steps
 */
public record JobVersion(long sequence, int progress) implements Comparable<JobVersion> {
    private static final Comparator<JobVersion> ORDER =
            Comparator.comparingLong(JobVersion::sequence).thenComparingInt(JobVersion::progress);

    public static JobVersion of(JobSnapshot job) {
        return new JobVersion(
                job.sequence(),
                job.steps().stream().mapToInt(JobSnapshot.StepSnapshot::percent).sum());
    }

    @Override
    public int compareTo(JobVersion other) {
        return ORDER.compare(this, other);
    }
}
