package io.tidemill.faults.check;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of the work of one row.
 *
 * @param submitted keys for which clients wanted a job
 * @param accepted keys that were answered with a job
 * @param ended accepted jobs in one terminal state
 * @param lost jobs, files, steps, results or bytes that were acknowledged and are not there
 * @param duplicated jobs beyond one for a key, results beyond one for a file and step
 * @param stuck accepted jobs that had not ended when their time was up
 * @param unsteady jobs that two replicas, or the same one later, tell differently after their end
 * @param failed tasks that did not succeed
 * @param superseded executions that were given up for lost, and their tasks run again
 */
public record Counts(
        int submitted,
        int accepted,
        int ended,
        int lost,
        int duplicated,
        int stuck,
        int unsteady,
        int failed,
        int superseded,
        int attemptsOverLimit,
        int checksumMismatches) {

    public void writeTo(ObjectNode json) {
        json.put("submitted", submitted).put("accepted", accepted).put("ended", ended);
        json.put("lost", lost).put("duplicated", duplicated).put("stuck", stuck);
        json.put("unsteady", unsteady).put("failed", failed).put("superseded", superseded);
        json.put("attemptsOverLimit", attemptsOverLimit);
        json.put("checksumMismatches", checksumMismatches);
    }
}
