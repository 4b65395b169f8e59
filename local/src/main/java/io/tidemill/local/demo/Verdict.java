package io.tidemill.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Decides whether the system worked: a broken file that is told apart is a success. */
final class Verdict {
    private static final Set<String> ENDED = Set.of("SUCCEEDED", "FAILED", "SKIPPED");

    private Verdict() {}

    /**
     * What went wrong, a line each; empty if the system worked.
     *
     * @param names of the files that were uploaded
     */
    static List<String> faults(List<String> names, List<Row> rows) {
        List<String> faults = new ArrayList<>();
        names.stream()
                .filter(name -> rows.stream().noneMatch(row -> row.file().equals(name)))
                .forEach(name -> faults.add(name + " has no result"));
        rows.stream().filter(Verdict::isFault).forEach(row -> faults.add(describe(row)));
        if (rows.stream().noneMatch(Verdict::isTheVirus)) {
            faults.add("the virus test file was not found out");
        }
        return faults;
    }

    private static boolean isFault(Row row) {
        boolean fine = row.state().equals("SUCCEEDED");
        return !ENDED.contains(row.state()) || (!fine && !Sample.mayFail(row.file()));
    }

    private static boolean isTheVirus(Row row) {
        return row.file().equals(Eicar.NAME) && row.code().equals("INFECTED");
    }

    private static String describe(Row row) {
        return "%s of %s is %s %s"
                .formatted(row.step(), row.file(), row.state(), row.code())
                .stripTrailing();
    }
}
