package io.tidemill.processor.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of a program.
 *
 * @param command absolute path of the program and its arguments; never a shell, never a name the
 *     user chose
 * @param folder where it runs and may write
 * @param environment added to a clean environment without credentials
 */
public record ToolCall(
        List<String> command, Path folder, Map<String, String> environment, Limits limits) {
    public ToolCall {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty() || !command.getFirst().startsWith("/")) {
            throw new IllegalArgumentException("a command needs an absolute path: " + command);
        }
    }
}
