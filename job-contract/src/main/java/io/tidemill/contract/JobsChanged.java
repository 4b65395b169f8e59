package io.tidemill.contract;

import java.util.List;

/**
 * jobs-api → every other replica of it: these jobs may look different now, or are new or deleted. A
 * hint and no more; it may get lost.
 *
 * @param version of the message form; {@value #VERSION}
 * @param replica who sends, unique for each process start
 * @param jobs 1 to {@value #MOST} ids
 */
public record JobsChanged(int version, String replica, List<String> jobs) {
    public static final int VERSION = 1;
    public static final int MOST = 300;

    public JobsChanged {
        jobs = List.copyOf(jobs);
    }
}
