package io.tidemill.bench.files;

/**
 * What our system spent on some files, in CPU seconds of all its processes.
 *
 * @param files how many
 * @param upload before the job: taking the files
 * @param job from its submission until all had fallen silent after its end
 * @param engines the part of it that was spent in hosts and programs that the processor started
 */
record Spent(int files, double upload, double job, double engines) {
    private static final double MILLIS = 1_000;

    Spent {
        if (files < 1) {
            throw new IllegalArgumentException("nothing was done");
        }
    }

    /** CPU milliseconds of the upload of a file. */
    double uploadMillis() {
        return MILLIS * upload / files;
    }

    /** CPU milliseconds of the job for a file. */
    double jobMillis() {
        return MILLIS * job / files;
    }

    /** The part of {@link #jobMillis} that was not spent in engines. */
    double outsideMillis() {
        return MILLIS * (job - engines) / files;
    }

    /** How often the bare engine could have done the same files meanwhile. */
    double timesBare(double bareSeconds) {
        return job / bareSeconds;
    }
}
