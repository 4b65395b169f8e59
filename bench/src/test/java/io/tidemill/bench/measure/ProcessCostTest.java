package io.tidemill.bench.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessCostTest {
    /** The shell says something when its child, a loop, has ended; then it waits to be ended. */
    @Test
    void childrenThatHaveEndedStillCount() throws IOException {
        String loop = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
        Process shell =
                new ProcessBuilder("sh", "-c", "(" + loop + "); echo done; read line").start();
        try {
            shell.inputReader().readLine();
            ProcessCost cost = ProcessCost.of(shell.pid());
            assertTrue(cost.cpuSeconds() >= 0.03, () -> "only " + cost);
            assertTrue(cost.residentMiB() > 0, () -> "no memory: " + cost);
        } finally {
            shell.destroyForcibly();
        }
    }
}
