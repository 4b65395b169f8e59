package io.tidemill.local.process;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Ends our processes when this program dies without a chance to do so itself (kill -9, crash). A
 * small shell waits on a pipe that the system closes when this program is gone, whatever ended it.
 */
final class ParentDeathGuard implements AutoCloseable {
    private static final String SCRIPT =
            """
            trap '' HUP INT TERM
            alive=''
            while read -r change entry; do
              rest=''
              for e in $alive; do [ "$e" = "$entry" ] || rest="$rest $e"; done
              alive=$rest
              [ "$change" = add ] && alive="$entry$rest"
            done
            for e in $alive; do kill -"${e#*:}" "${e%:*}"; done 2>/dev/null
            for second in 1 2 3 4 5 6 7 8 9 10; do
              rest=''
              for e in $alive; do kill -0 "${e%:*}" && rest="$rest $e"; done 2>/dev/null
              alive=$rest
              [ -z "$alive" ] && exit
              sleep 1
            done
            for e in $alive; do kill -KILL "${e%:*}"; done 2>/dev/null
            """;

    private final Process shell;
    private final Writer changes;

    ParentDeathGuard() {
        try {
            List<String> command = new ArrayList<>(OwnSession.prefix());
            command.addAll(List.of("sh", "-c", SCRIPT));
            shell =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            throw new LaunchException("cannot run sh: " + e.getMessage(), e);
        }
        changes = shell.outputWriter();
    }

    void watch(Process process, Command.StopSignal signal) {
        String entry = process.pid() + ":" + signal;
        tell("add " + entry);
        var _ = process.onExit().thenRun(() -> tell("remove " + entry));
    }

    private synchronized void tell(String change) {
        try {
            changes.write(change + "\n");
            changes.flush();
        } catch (IOException e) {
            // the guard was ended by somebody: all still works, only without this net
        }
    }

    /** Ends the guard; what it still watches is ended too. */
    @Override
    public synchronized void close() {
        try {
            changes.close();
        } catch (IOException e) {
            shell.destroy();
        }
    }
}
