package io.tidemill.bench.suite;

import io.tidemill.bench.measure.Report;
import java.nio.file.Path;

/**
 * One run of the command.
 *
 * @param home the project's root folder
 * @param folder for what the measured systems keep
 */
public record Session(Path home, Path folder, Choices choices, Report report) {}
