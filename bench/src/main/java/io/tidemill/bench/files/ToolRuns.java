package io.tidemill.bench.files;

import io.tidemill.bench.measure.ProcessCost;
import io.tidemill.local.process.LaunchException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A program that is started once for each file.
 *
 * @param program its absolute path
 * @param arguments for a file
 * @param environment beside ours
 */
record ToolRuns(
        Path program, Function<Path, List<String>> arguments, Map<String, String> environment) {
    ToolRuns {
        environment = Map.copyOf(environment);
    }

    /** The CPU seconds of one run for each file. */
    double work(List<Path> files) throws IOException, InterruptedException {
        double before = ProcessCost.endedSeconds();
        for (Path file : files) {
            if (!reads(file)) {
                throw new LaunchException("%s failed on %s".formatted(program, file));
            }
        }
        return ProcessCost.endedSeconds() - before;
    }

    /** Those files that it can do something with; others are named. */
    List<Path> readable(List<Path> files) throws IOException, InterruptedException {
        List<Path> readable = new ArrayList<>();
        for (Path file : files) {
            if (reads(file)) {
                readable.add(file);
            } else {
                System.out.printf(
                        "Left out: %s; %s cannot read it.%n",
                        file.getFileName(), program.getFileName());
            }
        }
        return readable;
    }

    private boolean reads(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments.apply(file));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return builder.start().waitFor() == 0;
    }
}
