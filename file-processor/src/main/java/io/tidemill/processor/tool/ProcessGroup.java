package io.tidemill.processor.tool;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A child and all it has started. Java can only kill single processes, and a grandchild would live
 * on; so this calls {@code kill(2)} with a negative number, which reaches the whole group.
 */
final class ProcessGroup {
    private static final int SIGKILL = 9;
    private static final long NANOS_TO_DIE = TimeUnit.SECONDS.toNanos(2);
    private static final @Nullable MethodHandle KILL = findKill();

    private final Process leader;
    private final boolean ownGroup;

    /**
     * @param ownGroup whether {@code setsid} made the process the leader of its own group
     */
    ProcessGroup(Process leader, boolean ownGroup) {
        this.leader = leader;
        this.ownGroup = ownGroup;
    }

    /**
     * Kills every member, and descendants that have left the group, and waits until they are gone.
     * Harmless when they are gone already.
     */
    void kill() {
        leader.descendants().forEach(ProcessHandle::destroyForcibly);
        leader.destroyForcibly();
        if (ownGroup) {
            long deadline = System.nanoTime() + NANOS_TO_DIE;
            while (signal() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        }
        awaitLeader();
    }

    /** The same at almost no cost when the leader has ended by itself and left nobody behind. */
    void clear() {
        if (leader.isAlive() || (ownGroup && signal())) {
            kill();
        }
    }

    private void awaitLeader() {
        boolean interrupted = Thread.interrupted();
        try {
            leader.waitFor(NANOS_TO_DIE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the group still had a member. */
    private boolean signal() {
        try {
            return KILL != null && (int) KILL.invokeExact((int) -leader.pid(), SIGKILL) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("kill(2) cannot be called", e);
        }
    }

    private static @Nullable MethodHandle findKill() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature =
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        return linker.defaultLookup()
                .find("kill")
                .map(symbol -> linker.downcallHandle(symbol, signature))
                .orElse(null);
    }
}
