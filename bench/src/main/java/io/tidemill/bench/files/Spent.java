package io.tidemill.bench.files;

import io.tidemill.bench.standing.StandingSystem;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What our system spent on some files, in CPU seconds.
 *
 * @param files how many
 * @param upload before the job: taking the files
 * @param job from its submission until all had fallen silent after its end, by process; the
 *     processor's with all that it started
 * @param engines the part that was spent in hosts and programs that the processor started
 * @param idle the part that would have been spent in that time without a job
 */
record Spent(int files, double upload, Map<String, Double> job, double engines, double idle) {
    private static final double MILLIS = 1_000;

    Spent {
        if (files < 1) {
            throw new IllegalArgumentException("nothing was done");
        }
        job = new LinkedHashMap<>(job);
    }

    /** CPU milliseconds of the upload of a file. */
    double uploadMillis() {
        return MILLIS * upload / files;
    }

    /** CPU milliseconds of the job for a file. */
    double jobMillis() {
        return MILLIS * total() / files;
    }

    /** The part of {@link #jobMillis} that was spent in engines. */
    double engineMillis() {
        return MILLIS * engines / files;
    }

    /** The rest, by process; together with {@link #engineMillis} it is {@link #jobMillis}. */
    Map<String, Double> outsideMillis() {
        Map<String, Double> outside = new LinkedHashMap<>();
        job.forEach(
                (process, seconds) -> {
                    boolean works = process.equals(StandingSystem.PROCESSOR);
                    outside.put(process, MILLIS * (seconds - (works ? engines : 0)) / files);
                });
        return outside;
    }

    /** CPU milliseconds of {@link #jobMillis} that no file caused. */
    double idleMillis() {
        return MILLIS * idle / files;
    }

    /** How often the bare engine could have done the same files meanwhile. */
    double timesBare(double bareSeconds) {
        return total() / bareSeconds;
    }

    private double total() {
        return job.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
