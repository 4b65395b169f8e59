package io.tidemill.api.web;

import io.tidemill.api.problem.Problems;
import java.util.List;
import java.util.regex.Pattern;

/** Query parameters that name labels of jobs. */
public final class QueryLabels {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._/-]{1,63}:[^\\p{Cc}]{0,256}");

    private QueryLabels() {}

    /**
     * Looks at their form and number.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when there are too many, or one is not
     *     {@code name:value}
     */
    public static void check(List<String> labels, int most) {
        if (labels.size() > most) {
            throw Problems.malformed("There may be " + most + " labels at most.");
        }
        check(labels);
    }

    /**
     * Looks at their form.
     *
     * @throws io.tidemill.api.problem.ProblemException 400 when one is not {@code name:value}
     */
    public static void check(List<String> labels) {
        if (!labels.stream().allMatch(label -> LABEL.matcher(label).matches())) {
            throw Problems.malformed("The query parameter label must look like name:value.");
        }
    }
}
